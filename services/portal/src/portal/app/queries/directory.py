"""What the pages of clinicians and facilities show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from portal.storage import directory, names
from portal.storage.shown import shows
from shared.contracts.assignments import ClinicianChanged, FacilityChanged
from shared.db.work import Work
from shared.errors import NotFound
from shared.http.pages import Found, PageRequest, fetch_page
from shared.roles import Field

CLINICIAN, FACILITY = "clinician_id", "facility_id"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClinicianFilter:
    """Which clinicians; None asks nothing. `search`: words that begin a word of the name."""

    search: str | None = None
    discipline: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FacilityFilter:
    """Which facilities; None asks nothing. `state`: two letters."""

    search: str | None = None
    state: str | None = None
    client_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entries:
    """A page of the directory: the entries, and by id what is known of their assignments."""

    found: Found[Any]
    workload: Mapping[str, Any]
    names: Mapping[str, str]
    shows_contact: bool


async def clinicians_page(work: Work, wanted: ClinicianFilter, *, paging: PageRequest) -> Entries:
    """One page of clinicians by name. Raises CursorDamaged."""
    session = work.session
    listing = directory.clinicians(session, search=wanted.search, discipline=wanted.discipline)
    found = await fetch_page(session, listing.query, by=listing.by, paging=paging)
    return Entries(
        found=found,
        workload=await directory.workload(session, of=[row.clinician_id for row in found.rows], by=CLINICIAN),
        names={},
        shows_contact=shows(session, Field.CONTACT),
    )


async def facilities_page(work: Work, wanted: FacilityFilter, *, paging: PageRequest) -> Entries:
    """One page of facilities by name, with their clients' names. Raises CursorDamaged."""
    session = work.session
    listing = directory.facilities(session, search=wanted.search, state=wanted.state, client_id=wanted.client_id)
    found = await fetch_page(session, listing.query, by=listing.by, paging=paging)
    return Entries(
        found=found,
        workload=await directory.workload(session, of=[row.facility_id for row in found.rows], by=FACILITY),
        names=await names.names_of(session, {*(row.client_id for row in found.rows), wanted.client_id}),
        shows_contact=shows(session, Field.CONTACT),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """One clinician or facility: the entry, the assignments and the open work within reach, and every name needed.

    The entry is None when it was erased, or has not arrived: the assignments are still there.
    """

    key: str
    entry: Any
    assignments: Sequence[Any]
    items: Sequence[Any]
    names: Mapping[str, str]
    shows_contact: bool
    shows_value: bool


async def clinician_by_id(work: Work, clinician_id: str) -> Known:
    """One clinician. Raises NotFound, also for one out of reach."""
    entry = await work.known(ClinicianChanged, clinician_id)
    if not await directory.is_clinician_reached(work.session, clinician_id):
        raise NotFound(what="clinician", id=clinician_id)
    known = await _known(work, CLINICIAN, key=clinician_id, entry=entry)
    if entry is None and not known.assignments:
        raise NotFound(what="clinician", id=clinician_id)
    return known


async def facility_by_id(work: Work, facility_id: str) -> Known:
    """One facility. Raises NotFound, also for one out of reach."""
    entry = await work.known(FacilityChanged, facility_id)
    if entry is None or not await directory.is_facility_reached(work.session, entry):
        raise NotFound(what="facility", id=facility_id)
    return await _known(work, FACILITY, key=facility_id, entry=entry)


async def _known(work: Work, by: str, *, key: str, entry: object) -> Known:
    session = work.session
    assignments = await directory.assignments_of(session, by=by, key=key)
    items = await directory.open_items_of(session, by=by, key=key)
    ids = {key, getattr(entry, "client_id", None)}
    ids |= {one for row in assignments for one in (row.clinician_id, row.facility_id, row.client_id)}
    ids |= {one for row in items for one in (row.clinician_id, row.owner_id)}
    return Known(
        key=key,
        entry=entry,
        assignments=assignments,
        items=items,
        names=await names.names_of(session, ids),
        shows_contact=shows(session, Field.CONTACT),
        shows_value=shows(session, Field.COMMERCIAL),
    )
