"""A facility is known, or says something new of itself."""

from portal.app.change_assignment import change_assignment
from portal.domain.assignment import Facility, placed
from portal.storage import assignments, facilities, work_items, workstreams
from shared.contracts.assignments import FacilityChanged
from shared.db.work import Work


async def follow_facility(work: Work, said: FacilityChanged) -> None:
    """Its state and zone stand with each of its assignments, and their items are ranked by its mornings."""
    known = await facilities.find(work.session, said.facility_id)
    facility = Facility(
        facility_id=said.facility_id,
        work_state=said.address.state,
        time_zone=said.time_zone,
        version=known.version if known else 0,
    )
    if facility == known:
        return
    facilities.save(work.session, facility)
    ids = [each.assignment_id for each in await assignments.at_facility(work.session, said.facility_id)]
    await assignments.load(work.session, ids)
    await workstreams.load(work.session, ids)
    await work_items.load_open_of(work.session, ids)
    for assignment_id in ids:
        await change_assignment(work, assignment_id, change=lambda one: placed(one, facility))
