"""Where the head of the chain is noted outside the database: one line a note, in a file that is only added to."""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import structlog

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """That the chain had this seal at this position."""

    position: int
    seal: bytes


class Anchors:
    """The anchors of one service. Every one is logged too: logs are kept elsewhere again."""

    def __init__(self, folder: str, *, service: str) -> None:
        """`folder`: outside the database's machine, best of all where lines can be added and not changed; or none."""
        self._path = Path(folder) / f"{service}.audit.jsonl" if folder else None

    def add(self, anchor: Anchor) -> None:
        """Notes it, on the disk before this returns. Raises OSError."""
        log.info("audit.anchored", position=anchor.position, seal=anchor.seal.hex())
        if self._path is None:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        line = json.dumps({"position": anchor.position, "seal": anchor.seal.hex()})
        with self._path.open("a") as file:
            file.write(line + "\n")
            file.flush()
            os.fsync(file.fileno())

    def all(self) -> Sequence[Anchor]:
        """Every anchor, oldest first; a last line that was cut off is left out. Raises OSError."""
        if self._path is None or not self._path.exists():
            return ()
        lines = self._path.read_text().splitlines(keepends=True)
        known = [json.loads(line) for line in lines if line.endswith("\n")]
        return [Anchor(position=one["position"], seal=bytes.fromhex(one["seal"])) for one in known]
