"""What screens and other callers read; nothing here changes anything."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from housing.domain.case import Case
from housing.domain.preview import preview
from housing.storage import cases
from shared.calendar import local_day
from shared.contracts.assignments import FacilityChanged
from shared.contracts.previews import Preview, PreviewRequest
from shared.contracts.terms import HousingMode
from shared.db.work import Work
from shared.errors import NotFound
from shared.http.pages import Found, PageRequest, fetch_page


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFilter:
    """Which cases; None asks nothing. `starts_before` leaves the day itself out."""

    assignment_id: str | None = None
    clinician_id: str | None = None
    mode: HousingMode | None = None
    is_open: bool | None = None
    starts_before: date | None = None


async def cases_page(work: Work, wanted: CaseFilter, *, paging: PageRequest) -> Found[Any]:
    """One page of cases by start date. Raises CursorDamaged."""
    return await fetch_page(work.session, cases.listed(**asdict(wanted)), by=cases.BY_START, paging=paging)


async def case_by_id(work: Work, case_id: str) -> Case:
    """One case. Raises NotFound."""
    return await cases.to_read(work.session, case_id)


async def preview_terms(work: Work, asked: PreviewRequest) -> Preview:
    """What the terms would mean here. Raises NotFound for a facility that this service does not know."""
    facility = await work.known(FacilityChanged, asked.terms.facility_id)
    if facility is None:
        raise NotFound(what="facility", id=asked.terms.facility_id)
    case = await cases.find_for_assignment(work.session, asked.assignment_id) if asked.assignment_id else None
    return preview(asked.terms, facility=facility, today=local_day(work.now, facility.time_zone), case=case)
