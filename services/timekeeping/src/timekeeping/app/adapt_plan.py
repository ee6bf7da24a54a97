"""New terms change which shifts are expected."""

from shared.contracts.assignments import AssignmentChanged, FacilityChanged
from shared.db.work import Work
from timekeeping.app.record import record
from timekeeping.domain.changes import adapt
from timekeeping.domain.plan import follow
from timekeeping.storage import plans


async def adapt_plan(work: Work, event: AssignmentChanged) -> None:
    """Plans anew under the new terms; older terms and closed plans change nothing.

    Raises NotYetKnown while the facility has not arrived.
    """
    plan = await plans.of_assignment(work.session, event.assignment_id)
    if plan is None:
        return
    facility = await work.require_known(FacilityChanged, event.terms.facility_id)
    adapted = adapt(plan, event.terms, facility=facility, effective_on=event.effective_on, new_id=work.new_id)
    await record(work, follow(adapted, event.state))
