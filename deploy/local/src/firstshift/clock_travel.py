"""Moves business time forward in every service, one after the other, each time waiting until all is settled."""

import asyncio
import math
import time
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from firstshift.clock_target import target
from firstshift.errors import CannotRun
from firstshift.operators import Operator

SETTLE_SECONDS = 60.0
LOOK_SECONDS = 0.2
QUIET_LOOKS = 2
"""Twice in a row: between two looks an event can be neither here nor there."""

Say = Callable[[str], None]


async def clocks(operator: Operator) -> dict[str, datetime]:
    """The business time of each service."""
    services = list(operator.running.urls)
    answers = await asyncio.gather(*(operator.get(service, "/v1/clock") for service in services))
    return {name: datetime.fromisoformat(said["now"]) for name, said in zip(services, answers, strict=True)}


async def advance(operator: Operator, text: str, say: Say) -> datetime:
    """Takes every service to the instant that `text` names, one after the other. Returns it.

    Time runs on meanwhile, so the later ones are sent that much further: afterwards all clocks agree. Raises CannotRun
    outside test mode, for a time that has passed, and when the services do not settle.
    """
    if not operator.running.is_test_mode:
        raise CannotRun("Time moves in test mode only.", "Start with `firstshift up --test-mode`.")
    began = time.monotonic()
    now = max((await clocks(operator)).values())
    # Services keep whole seconds of travel; a step of whole seconds leaves the rounding no choice.
    to = now + timedelta(seconds=math.ceil((target(text, now) - now).total_seconds()))
    await settle(operator)
    for service in operator.running.urls:
        elapsed = timedelta(seconds=time.monotonic() - began)
        await operator.post(service, "/v1/clock:advance", {"to": (to + elapsed).isoformat()})
        say(service)
        await settle(operator)
    return to


async def settle(operator: Operator, *, within_seconds: float = SETTLE_SECONDS) -> None:
    """Waits until nothing is on its way anywhere. Raises CannotRun, naming what is left, when that takes too long."""
    quiet = 0
    end = time.monotonic() + within_seconds
    while quiet < QUIET_LOOKS:
        left = unsettled(await _backlogs(operator))
        quiet = 0 if left else quiet + 1
        if left and time.monotonic() > end:
            fix = "`firstshift parked ls` and the logs tell more; then run the same command again."
            raise CannotRun(f"After {within_seconds:.0f} s this is still on its way: {'; '.join(left)}.", fix)
        await asyncio.sleep(LOOK_SECONDS)


def unsettled(backlogs: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """What is still on its way, by service, in words; empty when all is settled. Parked for a person does not count."""
    words = {
        "unpublished": "not yet published",
        "lag": "not yet read",
        "due_again": "to be tried again",
        "due_looks": "to be looked at again",
    }
    left = []
    for service, backlog in backlogs.items():
        if backlog["lag"] is None:
            left.append(f"{service} cannot ask the broker")
        counts = [f"{backlog[name]} {word}" for name, word in words.items() if backlog[name]]
        if counts:
            left.append(f"{service} has {', '.join(counts)}")
    return left


async def _backlogs(operator: Operator) -> dict[str, dict[str, Any]]:
    services = list(operator.running.urls)
    answers = await asyncio.gather(*(operator.get(service, "/v1/backlog") for service in services))
    return dict(zip(services, answers, strict=True))
