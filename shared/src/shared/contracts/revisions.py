"""The revisions of the schemas, stored beside the code as `schemas/<event type>/<revision>.json`."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from shared.contracts.compatibility import incompatibilities
from shared.contracts.event import Event
from shared.contracts.schema import Schema, schema_of, shape

HERE: Final = Path(__file__).parent

Revisions = Mapping[int, Schema]


def stored(folder: Path = HERE / "schemas") -> Mapping[str, Revisions]:
    """Every stored revision, by event type and number, in rising order."""
    found: dict[str, dict[int, Schema]] = {}
    for path in sorted(folder.glob("*/*.json"), key=lambda path: (path.parent.name, int(path.stem))):
        found.setdefault(path.parent.name, {})[int(path.stem)] = json.loads(path.read_text(encoding="utf-8"))
    return found


def next_revision(event: type[Event], earlier: Revisions) -> tuple[int, tuple[str, ...]]:
    """The number under which the event's present schema belongs, and what keeps it from being stored there.

    It is the newest stored number while only words differ, the next one when the shape does. A shape must be
    FULL compatible with every earlier one (FULL_TRANSITIVE), so any two programs read each other's events.
    """
    newest = max(earlier, default=0)
    present = schema_of(event, newest + 1)
    if newest and shape(present) == shape(earlier[newest]):
        return newest, ()
    breaks = (
        f"{event.event_type} differs from revision {revision}: {difference}"
        for revision, schema in earlier.items()
        for difference in incompatibilities(schema, present)
    )
    return newest + 1, tuple(breaks)
