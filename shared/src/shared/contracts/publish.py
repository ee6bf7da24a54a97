"""Writes what is generated from the event catalogue: schemas, examples, docs/events.md, docs/asyncapi.json.

python -m shared.contracts.publish            write it (`make events`)
python -m shared.contracts.publish --check    write nothing, fail when a file differs
"""

import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Final

from shared.contracts.asyncapi import document
from shared.contracts.event import Event, adapter
from shared.contracts.events_page import page
from shared.contracts.examples import EXAMPLES
from shared.contracts.revisions import HERE, Revisions, next_revision, stored
from shared.contracts.schema import events_of_catalogue, schema_of

ROOT: Final = HERE.parents[3]
CONTRACTS: Final = PurePosixPath("shared/src/shared/contracts")
FIX: Final = "fix: make a new class, with an event type of its own, on the topic's next version (such as v2)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """What should be on disk: text by path below the root, or the faults that keep it from being written."""

    files: Mapping[str, str]
    faults: tuple[str, ...]


def publication(before: Mapping[str, Revisions]) -> Publication:
    """Everything the catalogue generates, given the revisions stored before."""
    files: dict[str, str] = {}
    faults = list(_unknown_or_incomplete(before))
    revisions: dict[str, int] = {}
    for event in events_of_catalogue():
        revision, breaks = next_revision(event, before.get(event.event_type, {}))
        faults += (*breaks, FIX) if breaks else ()
        revisions[event.event_type] = revision
        files |= _schema_and_example(event, revision)
    described = document(revisions)
    files["docs/asyncapi.json"] = _json(described)
    files["docs/events.md"] = page(described)
    return Publication(files=files, faults=tuple(faults))


def _unknown_or_incomplete(before: Mapping[str, Revisions]) -> Iterable[str]:
    known = {event.event_type for event in events_of_catalogue()}
    for event_type, revisions in before.items():
        if event_type not in known:
            yield f"{event_type} has stored schemas but is in no topic; events of it may still be read"
        if list(revisions) != list(range(1, len(revisions) + 1)):
            yield f"{event_type} has revisions {list(revisions)}: one is missing"


def _schema_and_example(event: type[Event], revision: int) -> dict[str, str]:
    place = f"{event.event_type}/{revision}.json"
    example = adapter(event).dump_python(EXAMPLES[event], mode="json")
    return {
        str(CONTRACTS / "schemas" / place): _json(schema_of(event, revision)),
        str(CONTRACTS / "examples" / place): _json(example),
    }


def _json(value: Any) -> str:
    return json.dumps(value, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def differing(published: Publication, root: Path) -> tuple[str, ...]:
    """The paths whose file is missing or holds other text, in order."""
    return tuple(path for path, text in sorted(published.files.items()) if _text(root / path) != text)


def _text(path: Path) -> str | None:
    return path.read_bytes().decode() if path.exists() else None


def publish(root: Path, *, check: bool) -> int:
    """Writes what differs below the root, or only names it; the exit code says whether all is well."""
    published = publication(stored(root / CONTRACTS / "schemas"))
    if published.faults:
        print("\n".join(published.faults), file=sys.stderr)
        return 1
    paths = differing(published, root)
    for path in paths:
        print(f"differs: {path}" if check else f"wrote {path}")
        if not check:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(published.files[path].encode())
    if check and paths:
        print("run: make events", file=sys.stderr)
    return 1 if check and paths else 0


if __name__ == "__main__":
    sys.exit(publish(ROOT, check="--check" in sys.argv[1:]))
