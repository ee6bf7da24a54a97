"""What screens and other callers read; nothing here changes anything."""

from credentialing.domain.file import File
from credentialing.domain.preview import Known, preview
from credentialing.storage import credentials, files
from shared.calendar import local_day
from shared.contracts.assignments import FacilityChanged
from shared.contracts.previews import Preview, PreviewRequest
from shared.db.work import Work
from shared.errors import NotFound


async def file_by_id(work: Work, file_id: str) -> File:
    """One file. Raises NotFound."""
    return await files.to_read(work.session, file_id)


async def preview_terms(work: Work, asked: PreviewRequest) -> Preview:
    """What the terms would mean here. Raises NotFound for a facility that this service does not know."""
    facility = await work.known(FacilityChanged, asked.terms.facility_id)
    if facility is None:
        raise NotFound(what="facility", id=asked.terms.facility_id)
    held = await credentials.of_clinician(work.session, asked.clinician_id)
    file = await files.find_for_assignment(work.session, asked.assignment_id) if asked.assignment_id else None
    return preview(asked, Known(facility=facility, held=held, file=file), today=local_day(work.now, facility.time_zone))
