"""What a source says about a question of ours goes through the one door for results."""

from credentialing.app.record_inquiry import record_inquiry
from credentialing.app.take_result import take_result
from credentialing.domain.sources.answer import Judged
from credentialing.domain.sources.inquiry import Inquiry, after_answer, dropped
from credentialing.domain.sources.result import Provenance, result_of
from credentialing.storage import credentials, inquiries, screening_releases
from shared.db.work import Work


async def take_answer(work: Work, inquiry: Inquiry, *, answer: Judged) -> None:
    """Keeps the answer and lets it count; the question is dropped when its claim is no longer there.

    So is one that screening decides since: its list was loaded while the source was asked.
    """
    about = inquiry.about
    held = await credentials.of_clinician(work.session, about.clinician_id)
    is_gone = about.credential_id is not None and about.credential_id not in {one.credential_id for one in held}
    if is_gone or await screening_releases.is_screened(work.session, about.code, subject=about.subject):
        await record_inquiry(work, dropped(inquiry))
        return
    result_id = work.new_id("res")
    await record_inquiry(work, after_answer(inquiry, answer, result_id=result_id))
    await inquiries.release(work.session, inquiry.inquiry_id, again_in_seconds=0)
    by = f"system:{work.service}"
    provenance = Provenance(result_id=result_id, source=inquiry.asked_of, at=work.now, by=by)
    await take_result(work, result_of(answer, about, provenance=provenance))
