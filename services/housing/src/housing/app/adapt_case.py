"""New terms move the nights, and give up what no longer serves them."""

from housing.app.record import record
from housing.domain.case import follow
from housing.domain.changes import adapt
from housing.storage import cases
from shared.calendar import local_day
from shared.contracts.assignments import AssignmentChanged, FacilityChanged
from shared.db.work import Work


async def adapt_case(work: Work, event: AssignmentChanged) -> None:
    """Arranges the case anew for the terms; older terms and closed cases change nothing.

    Raises NotYetKnown while the facility of the terms has not arrived.
    """
    case = await cases.of_assignment(work.session, event.assignment_id)
    if case is None:
        return
    facility = await work.require_known(FacilityChanged, event.terms.facility_id)
    today = local_day(work.now, facility.time_zone)
    adapted = adapt(case, event.terms, facility=facility, effective_on=event.effective_on, today=today)
    await record(work, follow(adapted, event.state), before=case)
