"""What was asked and how it ended, as the caller saw it: a file that only grows, one JSON line for each step.

A call is begun, and then ends as `ok` (2xx), `fail` (refused: 4xx, for certain without effect) or `unknown` (no answer,
a broken connection, or 503: it may have had its effect). Unknown calls are asked again later with their key, and then
have a second ending. This file knows nothing of the services.
"""

import json
import time
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

OK, FAIL, UNKNOWN = "ok", "fail", "unknown"


@dataclass(slots=True, kw_only=True)
class Call:
    """One command: what was sent, and what came of it."""

    number: int
    kind: str
    service: str
    path: str
    key: str
    role: str
    body: dict[str, Any]
    if_match: int | None = None
    subject: str = ""
    """The assignment it is about, where it is about one; of an offer, the source's reference."""
    repeats: int | None = None
    """The number of the call that it is sent again for, with the same key."""
    outcome: str = UNKNOWN
    first_outcome: str = ""
    status: int | None = None
    version: int | None = None
    """The version that the answer carried (ETag)."""
    found: str = ""
    """The id of the assignment, file, profile, case or plan that was answered."""


@dataclass(slots=True)
class Journal:
    """All calls of one run."""

    path: Path
    calls: list[Call] = field(default_factory=list)
    seen: Counter[int] = field(default_factory=Counter)
    """How often each status was answered."""

    def begin(self, call: Call) -> None:
        """Writes it down before it is sent."""
        self.calls.append(call)
        self._write({"begun": asdict(call)})

    def end(self, call: Call) -> None:
        """Writes down how it ended this time."""
        call.first_outcome = call.first_outcome or call.outcome
        self._write({"ended": call.number, "outcome": call.outcome, "status": call.status, "version": call.version})

    def note(self, text: str) -> None:
        """Anything else worth finding beside the calls."""
        self._write({"note": text})

    def unknown(self) -> list[Call]:
        """The calls whose result nobody knows."""
        return [call for call in self.calls if call.outcome == UNKNOWN]

    def counts(self, since: int = 0) -> dict[str, int]:
        """How the calls from this number on first ended, for the caller who asked once."""
        first = Counter(call.first_outcome or call.outcome for call in self.calls[since:])
        return {outcome: first[outcome] for outcome in (OK, FAIL, UNKNOWN)}

    def _write(self, line: dict[str, Any]) -> None:
        with self.path.open("a") as file:
            file.write(json.dumps({"at": time.time(), **line}) + "\n")
