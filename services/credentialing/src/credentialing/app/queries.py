"""What screens and other callers read; nothing here changes anything."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from credentialing.domain.file import File
from credentialing.domain.preview import Known, preview
from credentialing.storage import credentials, files
from shared.calendar import local_day
from shared.contracts.assignments import FacilityChanged
from shared.contracts.previews import Preview, PreviewRequest
from shared.db.work import Work
from shared.errors import NotFound
from shared.http.pages import Found, PageRequest, fetch_page


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFilter:
    """Which files; None asks nothing. `starts_before` leaves the day itself out."""

    assignment_id: str | None = None
    clinician_id: str | None = None
    is_open: bool | None = None
    starts_before: date | None = None


async def files_page(work: Work, wanted: FileFilter, *, paging: PageRequest) -> Found[Any]:
    """One page of files by start date. Raises CursorDamaged."""
    return await fetch_page(work.session, files.listed(**asdict(wanted)), by=files.BY_START, paging=paging)


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
