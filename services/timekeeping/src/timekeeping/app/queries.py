"""What screens and other callers read; nothing here changes anything."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from shared.calendar import local_day
from shared.contracts.assignments import FacilityChanged
from shared.contracts.previews import Preview, PreviewRequest
from shared.db.work import Work
from shared.errors import NotFound
from shared.http.pages import Found, PageRequest, fetch_page
from timekeeping.domain.plan import Plan
from timekeeping.domain.preview import preview
from timekeeping.storage import plans


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFilter:
    """Which plans; None asks nothing. `starts_before` leaves the day itself out."""

    assignment_id: str | None = None
    clinician_id: str | None = None
    facility_id: str | None = None
    is_open: bool | None = None
    starts_before: date | None = None


async def plans_page(work: Work, wanted: PlanFilter, *, paging: PageRequest) -> Found[Any]:
    """One page of plans by start date. Raises CursorDamaged."""
    return await fetch_page(work.session, plans.listed(**asdict(wanted)), by=plans.BY_START, paging=paging)


async def plan_by_id(work: Work, plan_id: str) -> Plan:
    """One plan. Raises NotFound."""
    return await plans.to_read(work.session, plan_id)


async def preview_terms(work: Work, asked: PreviewRequest) -> Preview:
    """What the terms would mean here. Raises NotFound for a facility that this service does not know."""
    facility = await work.known(FacilityChanged, asked.terms.facility_id)
    if facility is None:
        raise NotFound(what="facility", id=asked.terms.facility_id)
    plan = await plans.find_for_assignment(work.session, asked.assignment_id) if asked.assignment_id else None
    return preview(asked.terms, facility=facility, today=local_day(work.now, facility.time_zone), plan=plan)
