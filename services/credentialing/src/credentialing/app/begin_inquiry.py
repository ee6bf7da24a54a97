"""Somebody's claim, or a requirement that is looked up without one, is to be asked about at its source."""

from credentialing.app.record_inquiry import record_inquiry
from credentialing.domain.sources.catalogue import Begins, route_of
from credentialing.domain.sources.inquiry import About, Inquiry, State, asked_again, dropped
from credentialing.storage import inquiries, screening_releases
from shared.db.work import Work


async def begin_inquiry(work: Work, about: About, *, by_person: bool = False) -> Inquiry | None:
    """The question, to be asked soon by a worker; None where no source of ours answers, or screening decides.

    The same question is asked once, and put anew only when a person wants it (`by_person`) or its source did not take
    it; orders are placed by people alone. A question about an older claim of the same requirement is dropped.
    """
    route = route_of(about.code)
    if route is None or (route.begins is Begins.BY_PERSON and not by_person):
        return None
    if await screening_releases.is_screened(work.session, about.code, subject=about.subject):
        return None
    known = await inquiries.of_clinician(work.session, about.clinician_id)
    alike = [one for one in known if one.is_open and one.asks_alike(about)]
    same = next((one for one in alike if one.about == about), None)
    for other in alike:
        if other is not same:
            await record_inquiry(work, dropped(other))
    if same is None:
        begun = Inquiry(inquiry_id=work.new_id("inq"), about=about, asked_of=route.source, opened_at=work.now)
        return await record_inquiry(work, begun)
    return await _anew(work, same) if by_person or same.state is State.FAILED_REQUEST else same


async def _anew(work: Work, inquiry: Inquiry) -> Inquiry:
    saved = await record_inquiry(work, asked_again(inquiry))
    await inquiries.release(work.session, inquiry.inquiry_id, again_in_seconds=0)
    return saved
