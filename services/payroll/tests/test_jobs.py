"""Days pass without an event."""

from datetime import timedelta

from payroll.jobs import jobs
from services.payroll.tests.builders import an_offer, some_facility
from shared.contracts.workstreams import Status
from shared.testing.looking import look_twice


async def test_what_nobody_did_in_time_is_said_to_be_at_risk_once(house, clock):
    clock.advance(timedelta(days=-60))
    await house.say(some_facility(), an_offer())
    clock.advance(timedelta(days=300))
    assert await look_twice(jobs, house) == ([Status.OPEN, Status.AT_RISK], [1, 0])
