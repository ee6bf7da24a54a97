"""A customer asked that somebody does not come back."""

from dataclasses import dataclass
from datetime import date

from credentialing.domain.clearance import facility_day
from credentialing.domain.measures.do_not_return import DoNotReturn, Extent
from credentialing.domain.measures.errors import DatedOutsideStep, ReturnRefusedBefore
from credentialing.storage import files, measures
from shared.db.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordDoNotReturn:
    """The wish about the assignment of a file: how far it goes, why, and since when."""

    file_id: str
    extent: Extent
    reason: str
    asked_on: date


async def record_do_not_return(work: Work, command: RecordDoNotReturn) -> DoNotReturn:
    """Keeps the wish. Raises NotFound, ReturnRefusedBefore and DatedOutsideStep."""
    file = await files.to_read(work.session, command.file_id)
    if await measures.wish_of(work.session, file.assignment_id) is not None:
        raise ReturnRefusedBefore(assignment_id=file.assignment_id)
    today = facility_day(file, work.now)
    if not file.terms.start_date <= command.asked_on <= today:
        raise DatedOutsideStep(first=file.terms.start_date, last=today)
    wish = DoNotReturn(
        do_not_return_id=work.new_id("dnr"),
        assignment_id=file.assignment_id,
        clinician_id=file.clinician_id,
        facility_id=file.facility_id,
        extent=command.extent,
        reason=command.reason,
        asked_on=command.asked_on,
        recorded_by=work.principal.subject,
    )
    return await measures.save_wish(work.session, wish)
