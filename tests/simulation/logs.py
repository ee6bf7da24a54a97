"""What the product logs becomes part of what happened; an error that nobody meant to raise is a finding."""

from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from typing import Any, NoReturn

import structlog

from tests.simulation.world import World

MEANT = (
    *("BrokerUnavailable", "NoLongerOurs", "DBAPIError", "ConnectionLost", "ConnectionRefusedError"),
    *("Unavailable", "Defect"),
)


@contextmanager
def logs_noted(world: World) -> Iterator[None]:
    """Within, logs go into this world's record instead of elsewhere."""

    def note(_: object, __: str, event: MutableMapping[str, Any]) -> NoReturn:
        error = str(event.get("error", ""))
        world.note("log:", event["event"], error)
        if error and not error.startswith(MEANT):
            world.surprises.append(f"{event['event']}: {error} {event.get('where')}")
        raise structlog.DropEvent

    before = structlog.get_config()["processors"]
    structlog.configure(processors=[note])
    try:
        yield
    finally:
        structlog.configure(processors=before)
