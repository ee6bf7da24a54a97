"""Questions that nobody can be asked for now: their source is not set up here, or the assignment has ended."""

from collections.abc import Collection
from dataclasses import replace

from credentialing.app.record_inquiry import record_inquiry
from credentialing.domain.sources.inquiry import Inquiry, State
from credentialing.storage import files, inquiries
from shared.db.work import Work


async def set_aside_inquiries(work: Work, configured: Collection[str]) -> int:
    """Sets aside what waits for a source without an address, and takes up again what was; how many of both.

    Trouble that people heard of on an assignment that has ended goes with the clinician to the next one.
    """
    ended = await inquiries.of_ended_assignments(work.session)
    for one in ended:
        await _move(work, one)
    stranded = await inquiries.stranded(work.session, configured)
    for one in stranded:
        state = State.WAITING if one.asked_of in configured else State.MANUAL
        await record_inquiry(work, replace(one, state=state))
    return len(ended) + len(stranded)


async def _move(work: Work, found: Inquiry) -> None:
    await files.open_of_clinician(work.session, found.about.clinician_id)  # before the question, as everybody
    withdrawn = await record_inquiry(work, await inquiries.to_change(work.session, found.inquiry_id))
    await record_inquiry(work, withdrawn)
