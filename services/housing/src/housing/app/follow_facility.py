"""The case knows the present time zone of its facility, in which days begin and work is due."""

from housing.app.record import record
from housing.domain import case as rules
from housing.storage import cases
from shared.contracts.assignments import FacilityChanged
from shared.db.work import Work


async def follow_facility(work: Work, event: FacilityChanged) -> None:
    """Takes what a case keeps of its facility into every open case that differs; the others stay untouched."""
    for case in await cases.open_at_facility(work.session, event.facility_id):
        followed = rules.follow_facility(case, event)
        if followed != case:
            await record(work, followed, before=case)
