"""Days pass without an event."""

from datetime import timedelta

from housing.jobs import jobs
from services.housing.tests.builders import a_facility, an_offer
from shared.contracts.workstreams import Status, WorkstreamChanged


async def test_what_nobody_did_in_time_is_said_to_be_at_risk_once(house, works, clock):
    clock.advance(timedelta(days=-60))
    await house.say(a_facility(), an_offer())
    (said,) = await house.said(WorkstreamChanged)
    clock.advance(timedelta(days=300))
    looked = [await jobs.run_due(works), await jobs.run_due(works)]
    later = await house.said(WorkstreamChanged)
    assert (said.status, later[-1].status, looked) == (Status.OPEN, Status.AT_RISK, [1, 0])
    assert len(later) == 2
