"""Days pass without an event."""

from datetime import timedelta

from services.timekeeping.tests.builders import a_facility, an_offer
from shared.contracts.workstreams import Status
from shared.testing.looking import look_twice
from timekeeping.jobs import jobs


async def test_what_nobody_did_in_time_is_said_to_be_at_risk_once(house, clock):
    clock.advance(timedelta(days=-60))
    await house.say(a_facility(), an_offer())
    clock.advance(timedelta(days=300))
    assert await look_twice(jobs, house) == ([Status.OPEN, Status.AT_RISK], [1, 0])
