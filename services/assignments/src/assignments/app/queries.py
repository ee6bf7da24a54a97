"""What screens and other callers read; nothing here changes anything."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from assignments.domain.assignment import Assignment, TermsVersion, terms_on
from assignments.domain.directory import Listed
from assignments.domain.view import AssignmentView, view_of
from assignments.storage import assignments, readiness
from assignments.storage.assignments import AssignmentFilter
from assignments.storage.directory import Directory, clients, clinicians, facilities
from shared.contracts.assignments import ClientChanged, ClinicianChanged, FacilityChanged
from shared.db.work import Work
from shared.http.pages import Found, PageRequest, fetch_page


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryFilter:
    """Which entries of the directory; None asks nothing."""

    source: str | None = None
    source_reference: str | None = None
    name_prefix: str | None = None


async def assignment_by_id(work: Work, assignment_id: str) -> AssignmentView:
    """One assignment, as it looks now. Raises NotFound."""
    return await look_at(work, await assignments.to_read(work.session, assignment_id))


async def look_at(work: Work, assignment: Assignment) -> AssignmentView:
    """The assignment as it looks now."""
    lights = await readiness.to_read(work.session, assignment.assignment_id)
    facility = await facilities.present(work.session, assignment.terms.facility_id)
    return view_of(assignment, lights, facility=facility, now=work.now)


async def assignments_page(work: Work, wanted: AssignmentFilter, *, paging: PageRequest) -> Found[Any]:
    """One page of assignments by start date. Raises CursorDamaged."""
    return await fetch_page(work.session, assignments.listed(wanted), by=assignments.BY_START, paging=paging)


async def terms_versions(work: Work, assignment_id: str, *, on: date | None) -> tuple[TermsVersion, ...]:
    """Every version of the terms, oldest first; with a day, only the one in force on it. Raises NotFound."""
    assignment = await assignments.to_read(work.session, assignment_id)
    history = assignment.terms_history
    return history if on is None else tuple(one for one in history if one.terms == terms_on(assignment, on))


async def client_by_id(work: Work, client_id: str) -> Listed[ClientChanged]:
    """One client. Raises NotFound."""
    return await clients.to_read(work.session, client_id)


async def facility_by_id(work: Work, facility_id: str) -> Listed[FacilityChanged]:
    """One facility. Raises NotFound."""
    return await facilities.to_read(work.session, facility_id)


async def clinician_by_id(work: Work, clinician_id: str) -> Listed[ClinicianChanged]:
    """One clinician. Raises NotFound."""
    return await clinicians.to_read(work.session, clinician_id)


async def clients_page(work: Work, wanted: EntryFilter, *, paging: PageRequest) -> Found[Any]:
    """One page of clients by name. Raises CursorDamaged."""
    return await _entries(work, clients, wanted, paging)


async def facilities_page(work: Work, wanted: EntryFilter, *, paging: PageRequest) -> Found[Any]:
    """One page of facilities by name. Raises CursorDamaged."""
    return await _entries(work, facilities, wanted, paging)


async def clinicians_page(work: Work, wanted: EntryFilter, *, paging: PageRequest) -> Found[Any]:
    """One page of clinicians by name. Raises CursorDamaged."""
    return await _entries(work, clinicians, wanted, paging)


async def _entries(work: Work, directory: Directory[Any], wanted: EntryFilter, paging: PageRequest) -> Found[Any]:
    return await fetch_page(work.session, directory.listed(**asdict(wanted)), by=directory.by_name, paging=paging)
