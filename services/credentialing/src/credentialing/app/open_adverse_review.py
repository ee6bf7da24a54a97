"""A background report needs adjudication."""

from dataclasses import dataclass

from credentialing.domain.clearance import facility_day
from credentialing.domain.measures.adverse_action import AdverseAction
from credentialing.domain.measures.review import Report, open_review
from credentialing.storage import adverse_actions, credentials, files
from shared.db.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenAdverseReview:
    """The report of this id, about item `code` of a file, is to be adjudicated."""

    file_id: str
    code: str
    report: str


async def open_adverse_review(work: Work, command: OpenAdverseReview) -> AdverseAction:
    """Opens the steps. Raises what `open_review` raises, and NotFound."""
    file = await files.to_read(work.session, command.file_id)
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
    return await adverse_actions.save(work.session, opened)
