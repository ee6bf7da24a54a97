"""The plan knows whether its clinician may work."""

from shared.contracts.credentialing import ClearanceGranted, ClearanceRevoked
from shared.db.work import Work
from shared.errors import NotYetKnown
from timekeeping.app.record import record
from timekeeping.domain import plan as rules
from timekeeping.storage import plans


async def follow_clearance(work: Work, event: ClearanceGranted | ClearanceRevoked) -> None:
    """Notes credentialing's decision, from the instant of the decision on, however late it arrives.

    Raises NotYetKnown while there is no plan: the decision answers an accepted offer, which comes on another topic and
    may come later.
    """
    plan = await plans.of_assignment(work.session, event.assignment_id)
    if plan is None:
        raise NotYetKnown(f"the accepted offer of {event.assignment_id} has not arrived")
    await record(work, rules.follow_clearance(plan, event, at=work.cause.happened_at or work.now))
