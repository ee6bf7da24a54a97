"""Parked events, asked of every service as the person who looks: nothing of them is kept here."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from portal.clients.services import Answer, Outcome, Sent, Services

PARKED = "/v1/parked-events"
LOOKS = 5
SECONDS_BETWEEN = 0.25
"""A replayed event is tried within a second: so long the portal looks what became of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """What to do with a parked event: `skip` it for a `reason`, or replay it, also where versions are missing."""

    service: str
    number: int
    is_skip: bool = False
    accepts_gap: bool = False
    reason: str = ""
    key: str | None = None


async def parked_everywhere(services: Services) -> Sequence[Outcome]:
    """What every service answers, in the order of the settings; asked at the same time."""
    return await asyncio.gather(*(services.get(name, PARKED) for name in services.names))


async def parked_event(services: Services, service: str, *, number: int) -> Outcome:
    """One event with its value; the service notes in its audit that it was read."""
    return await services.get(service, f"{PARKED}/{number}")


async def settle(services: Services, repair: Repair) -> Outcome:
    """Does it. The same form sent once more has no second effect."""
    command, body = ("skip", {"reason": repair.reason}) if repair.is_skip else ("replay", _replay(repair))
    path = f"{PARKED}/{repair.number}:{command}"
    return await services.send(repair.service, Sent(method="POST", path=path, body=body, key=repair.key))


def _replay(repair: Repair) -> dict[str, object]:
    return {"accept_gap": repair.accepts_gap}


async def is_gone(services: Services, service: str, *, number: int) -> bool:
    """Whether the event does not wait any more; looks again for a second before it says no."""
    for look in range(LOOKS):
        if look:
            await asyncio.sleep(SECONDS_BETWEEN)
        answer = await services.get(service, PARKED)
        if isinstance(answer, Answer) and number not in {one.get("id") for one in answer.body.get("items", ())}:
            return True
    return False
