"""A person decided about a claim of which sources were asked."""

from credentialing.app.record_inquiry import record_inquiry
from credentialing.domain.held import Held, HeldStatus
from credentialing.domain.sources.inquiry import closed_by_hand
from credentialing.storage import inquiries
from shared.db.work import Work


async def close_questions(work: Work, decided: Held) -> None:
    """What the decision answers is asked of no source any more; a claim that waits closes nothing."""
    if decided.status is HeldStatus.PENDING:
        return
    for one in await inquiries.of_clinician(work.session, decided.clinician_id):
        closed = closed_by_hand(one, decided)
        if closed != one:
            await record_inquiry(work, closed)
