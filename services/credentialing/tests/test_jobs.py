"""Days pass without an event."""

from datetime import timedelta

from credentialing.app.waive_item import WaiveItem, waive_item
from credentialing.domain.requirement import Party
from credentialing.jobs import jobs
from services.credentialing.tests.builders import START, held_for, some_facility, some_offer
from services.credentialing.tests.consumers.test_consumers import holds, stored
from shared.contracts.credentialing import ClearanceGranted, ClearanceRevoked
from shared.contracts.workstreams import Status
from shared.principal import Principal
from shared.testing.looking import look_twice

BLS = "CERT-BLS"


async def test_what_nobody_did_in_time_is_said_to_be_at_risk_once(house, clock):
    await house.say(some_facility(), some_offer())
    clock.advance(timedelta(days=340))
    assert await look_twice(jobs, house) == ([Status.OPEN, Status.AT_RISK], [1, 0])


async def test_a_waiver_that_ended_takes_the_clearance_back_without_an_event(house, works, clock):
    await holds(works, held_for(but=[BLS]))
    await house.say(some_facility(), some_offer())
    through = START + timedelta(days=10)
    async with works.begin(Principal(subject="lead")) as work:
        waiver = WaiveItem(
            file_id=(await stored(works)).file_id, code=BLS, party=Party.FACILITY, reason="Booked.", through=through
        )
        await waive_item(work, waiver)
    (granted,) = await house.said(ClearanceGranted)
    clock.instant = clock.instant.replace(year=through.year, month=through.month, day=through.day)
    clock.advance(timedelta(days=2))
    await jobs.run_due(works)
    assert granted.valid_through == through - timedelta(days=1)  # the night of that day touches the next
    assert [one.reason for one in await house.said(ClearanceRevoked)] == ["waiver_ended"]
