"""What screens and other callers read; nothing here changes anything."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from credentialing.domain.file import File
from credentialing.domain.preview import Known, preview
from credentialing.domain.rulebook.retention import RETENTION
from credentialing.storage import credentials, files, homes, waivers
from credentialing.storage.rules import rulebook
from shared.calendar import local_day
from shared.contracts.assignments import FacilityChanged, State
from shared.contracts.previews import Preview, PreviewRequest
from shared.db.work import Work
from shared.errors import NotFound
from shared.http.pages import Found, PageRequest, fetch_page
from shared.vault.retention import Engagement, keep_until

WORKED = frozenset({State.COMPLETED, State.TERMINATED})


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


async def keep_private_until(work: Work, clinician_id: str) -> Mapping[str, date]:
    """The last day on which each kind of private value must be kept, for assignments that were or may be worked."""
    known = await files.of_clinician(work.session, clinician_id)
    counted = [file for file in known if file.closing is None or file.closing.state in WORKED]
    return keep_until(RETENTION, [_engagement(file) for file in counted])


async def reaches_clinician(work: Work, clinician_id: str) -> bool:
    """Whether the principal reaches the clinician, by who they are or by one of the files."""
    return await files.reaches_clinician(work, clinician_id)


async def preview_terms(work: Work, asked: PreviewRequest) -> Preview:
    """What the terms would mean here, as far as the principal reaches what is known of the clinician.

    Raises NotFound for a facility that this service does not know.
    """
    facility = await work.known(FacilityChanged, asked.terms.facility_id)
    if facility is None:
        raise NotFound(what="facility", id=asked.terms.facility_id)
    is_reached = await files.reaches_clinician(work, asked.clinician_id)
    file = await files.find_for_assignment(work.session, asked.assignment_id) if asked.assignment_id else None
    known = Known(facility=facility, held=(), file=file, rulebook=await rulebook(work.session))
    if is_reached:
        known = await _reached(work, known, clinician_id=asked.clinician_id)
    return preview(asked, known, today=local_day(work.now, facility.time_zone))


async def _reached(work: Work, known: Known, *, clinician_id: str) -> Known:
    """With what is known of the clinician, too."""
    return replace(
        known,
        held=await credentials.of_clinician(work.session, clinician_id),
        waivers=await waivers.of_clinician(work.session, clinician_id),
        residences=await homes.residences(work, clinician_id),
    )


def _engagement(file: File) -> Engagement:
    return Engagement(started_on=file.terms.start_date, ended_on=file.closing.ended_on if file.closing else None)
