"""A source answered, or did not."""

from secrets import randbelow

from credentialing.app.record_inquiry import record_inquiry
from credentialing.app.take_answer import take_answer
from credentialing.domain.sources.answer import Answer, Pending, RequestError, Trouble
from credentialing.domain.sources.inquiry import (
    Inquiry,
    after_pending,
    after_request_error,
    after_trouble,
    wait_seconds,
)
from credentialing.storage import files, inquiries, vendor_events
from credentialing.storage.inquiries import Claimed
from shared.db.work import Work


async def answer_inquiry(work: Work, claimed: Claimed, *, answer: Answer) -> None:
    """Notes what came of asking. Trouble is waited out, longer each time; an answer goes through the one door.

    Nothing happens when the lease ran out and somebody else asks by now.
    """
    if isinstance(answer, Trouble) and answer.is_for_all:
        await inquiries.hold_pace(work.session, claimed.inquiry.asked_of)
    if isinstance(answer, Pending):
        await inquiries.hold_reference(work.session, claimed.inquiry.asked_of, reference=answer.reference)
    await files.open_of_clinician(work.session, claimed.inquiry.about.clinician_id)  # before the question, as everybody
    present = await inquiries.still_ours(work.session, claimed)
    if present is None:
        return
    if isinstance(answer, Trouble):
        await _wait(work, present, answer)
    elif isinstance(answer, Pending):
        await _await(work, present, answer)
    elif isinstance(answer, RequestError):
        await _settle(work, after_request_error(present, answer))
    else:
        await take_answer(work, present, answer=answer)


async def _await(work: Work, inquiry: Inquiry, answer: Pending) -> None:
    """The source works on it. What it said by itself before its reference was known here is asked for at once."""
    is_new = inquiry.reference != answer.reference
    is_due = is_new and await vendor_events.came_too_early(work.session, inquiry.asked_of, reference=answer.reference)
    await _settle(work, after_pending(inquiry, answer), again_in_seconds=0 if is_due else answer.again_in_seconds)


async def _wait(work: Work, inquiry: Inquiry, trouble: Trouble) -> None:
    changed = after_trouble(inquiry, trouble, at=work.now)
    wait = max(trouble.again_in_seconds or 0, wait_seconds(changed.attempts, jitter_thousandths=randbelow(1000)))
    await _settle(work, changed, again_in_seconds=wait)
    if trouble.is_for_all:
        await inquiries.pause_all(work.session, inquiry.asked_of, seconds=wait)


async def _settle(work: Work, inquiry: Inquiry, *, again_in_seconds: int = 0) -> None:
    await record_inquiry(work, inquiry)
    await inquiries.release(work.session, inquiry.inquiry_id, again_in_seconds=again_in_seconds)
