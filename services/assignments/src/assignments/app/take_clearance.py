"""Credentialing says that the clinician may start."""

import structlog

from assignments.app.record import record
from assignments.domain.clearance import grant_clearance
from assignments.domain.errors import CredentialExpiresBeforeStart
from assignments.storage import assignments
from shared.contracts.credentialing import ClearanceGranted
from shared.db.work import Work

log = structlog.get_logger()


async def take_clearance(work: Work, granted: ClearanceGranted) -> None:
    """Clears the assignment, or remembers the clearance until onboarding.

    One for older terms, after the end, or too short for the start is noted in the log and changes nothing. Raises
    NotFound for an assignment that nobody here knows.
    """
    assignment = await assignments.to_change(work.session, granted.assignment_id)
    try:
        changed = grant_clearance(assignment, granted)
    except CredentialExpiresBeforeStart:
        log.warning(
            "assignments.clearance_too_short",
            assignment_id=granted.assignment_id,
            terms_version=granted.terms_version,
        )
        return
    await record(work, changed, before=assignment)
