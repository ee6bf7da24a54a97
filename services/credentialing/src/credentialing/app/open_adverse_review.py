"""A background report needs adjudication."""

from dataclasses import dataclass

from credentialing.app.record import record
from credentialing.domain.clearance import facility_day
from credentialing.domain.measures.adverse_action import AdverseAction
from credentialing.domain.measures.review import Report, open_review, with_review
from credentialing.storage import adverse_actions, credentials, files
from shared.db.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenAdverseReview:
    """The report of this id, about item `code` of a file, is to be adjudicated."""

    file_id: str
    code: str
    report: str


async def open_adverse_review(work: Work, command: OpenAdverseReview) -> AdverseAction:
    """Opens the steps; the file knows which is next. Raises what `open_review` raises, and NotFound."""
    seen = await files.to_read(work.session, command.file_id)
    await files.open_of_clinician(work.session, seen.clinician_id)  # all of them, in one order
    file = await files.to_change(work.session, command.file_id)
    opened = open_review(
        file,
        Report(
            code=command.code,
            reference=command.report,
            by=work.principal.subject,
            on=facility_day(file, work.now),
        ),
        held=await credentials.of_clinician(work.session, file.clinician_id),
        known=await adverse_actions.of_file(work.session, file.file_id),
        new_id=work.new_id,
    )
    saved = await adverse_actions.save(work.session, opened)
    await record(work, with_review(file, saved))
    return saved
