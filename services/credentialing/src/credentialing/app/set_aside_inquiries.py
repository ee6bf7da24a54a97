"""Questions that nobody is asked for now: screening decides, the source is not set up here, the assignment ended."""

from collections.abc import Collection
from dataclasses import replace

from credentialing.app.record_inquiry import record_inquiry
from credentialing.domain.screening.lists import SCREENED
from credentialing.domain.sources.inquiry import Inquiry, State, dropped
from credentialing.storage import files, inquiries, screening_releases
from shared.db.work import Work


async def set_aside_inquiries(work: Work, configured: Collection[str]) -> int:
    """Sets aside what waits for a source without an address, and takes up again what was; how many in all.

    What screening decides since its list was loaded is dropped.
    Trouble that people heard of on an assignment that has ended goes with the clinician to the next one.
    """
    screened = await _drop_screened(work)
    ended = await inquiries.of_ended_assignments(work.session)
    for one in ended:
        await _move(work, one)
    stranded = await inquiries.stranded(work.session, configured)
    for one in stranded:
        state = State.WAITING if one.asked_of in configured else State.MANUAL
        await record_inquiry(work, replace(one, state=state))
    return screened + len(ended) + len(stranded)


async def _drop_screened(work: Work) -> int:
    """Whatever is in flight is dropped with its answer, which finds nobody waiting."""
    if not await screening_releases.lists_in_use(work.session):
        return 0
    count = 0
    for found in await inquiries.open_about(work.session, SCREENED):
        about = found.about
        if await screening_releases.is_screened(work.session, about.code, subject=about.subject):
            count += await _drop(work, found)
    return count


async def _drop(work: Work, found: Inquiry) -> int:
    await files.open_of_clinician(work.session, found.about.clinician_id)  # before the question, as everybody
    present = await inquiries.to_change(work.session, found.inquiry_id)
    if not present.is_open:
        return 0
    await record_inquiry(work, dropped(present))
    return 1


async def _move(work: Work, found: Inquiry) -> None:
    await files.open_of_clinician(work.session, found.about.clinician_id)  # before the question, as everybody
    withdrawn = await record_inquiry(work, await inquiries.to_change(work.session, found.inquiry_id))
    await record_inquiry(work, withdrawn)
