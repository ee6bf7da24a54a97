"""Credentialing takes a clearance back."""

from assignments.app.record import record
from assignments.domain.clearance import revoke_clearance
from assignments.storage import assignments
from shared.contracts.credentialing import ClearanceRevoked
from shared.db.work import Work


async def lose_clearance(work: Work, revoked: ClearanceRevoked) -> None:
    """Back to onboarding before the start; active and uncleared after it. Raises NotFound."""
    assignment = await assignments.to_change(work.session, revoked.assignment_id)
    await record(work, revoke_clearance(assignment, revoked), before=assignment)
