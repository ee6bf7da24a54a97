"""Clinicians and facilities: lists to search, and a page for each."""

from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Path, Query
from starlette.responses import Response

from portal.api.auth import POLICY
from portal.api.pages.asked import AskedSearch, AskedState, AskedText, Blank
from portal.api.pages.export import EVERY_ROW, Exported, Table, exported
from portal.api.pages.page import Pages, Values
from portal.api.views.directory import (
    CLINICIAN_COLUMNS,
    FACILITY_COLUMNS,
    clinician_view,
    clinicians_table,
    clinicians_view,
    facilities_table,
    facilities_view,
    facility_view,
)
from portal.api.views.profile import profile_path
from portal.app.queries import directory
from portal.app.queries.agency import agency_day, agency_zone
from portal.app.queries.directory import ClinicianFilter, FacilityFilter
from shared.contracts.terms import Discipline
from shared.db.work import Work
from shared.http.access import allow
from shared.http.pages import Paging

router = APIRouter(include_in_schema=False, dependencies=[allow("directory.read")])

EntryId = Annotated[str, Path(max_length=60)]


async def _clinicians(
    q: AskedSearch = None, discipline: Annotated[Discipline | None, Blank, Query()] = None
) -> ClinicianFilter:
    return ClinicianFilter(search=q, discipline=discipline.value if discipline else None)


async def _facilities(
    q: AskedSearch = None,
    state: AskedState = None,
    client: AskedText = None,
) -> FacilityFilter:
    return FacilityFilter(search=q, state=state, client_id=client)


@router.get("/clinicians")
async def list_clinicians(
    door: Pages,
    paging: Paging,
    wanted: Annotated[ClinicianFilter, Depends(_clinicians)],
    format: Exported = None,
) -> Response:
    """Clinicians by name, or all that fit as a file."""

    async def look(work: Work) -> Values:
        entries = await directory.clinicians_page(work, wanted, paging=paging)
        view = clinicians_view(entries, wanted, today=await agency_day(work))
        return {"view": view, "columns": CLINICIAN_COLUMNS, "shows_contact": entries.shows_contact}

    async def table(work: Work) -> Table:
        return clinicians_table(await directory.clinicians_page(work, wanted, paging=EVERY_ROW))

    if format:
        return await exported(door, format, look=table)
    return await door.show("directory/clinicians.html", look, block="listing")


@router.get("/facilities")
async def list_facilities(
    door: Pages,
    paging: Paging,
    wanted: Annotated[FacilityFilter, Depends(_facilities)],
    format: Exported = None,
) -> Response:
    """Facilities by name, or all that fit as a file."""

    async def look(work: Work) -> Values:
        entries = await directory.facilities_page(work, wanted, paging=paging)
        view = facilities_view(entries, wanted, now=work.now)
        return {"view": view, "columns": FACILITY_COLUMNS, "shows_contact": entries.shows_contact}

    async def table(work: Work) -> Table:
        return facilities_table(await directory.facilities_page(work, wanted, paging=EVERY_ROW))

    if format:
        return await exported(door, format, look=table)
    return await door.show("directory/facilities.html", look, block="listing")


@router.get("/clinicians/{clinician_id}")
async def show_clinician(door: Pages, clinician_id: EntryId) -> Response:
    """One clinician: what they do for us, what is open, how to reach them."""

    async def look(work: Work) -> Values:
        known = await directory.clinician_by_id(work, clinician_id)
        may_bring = POLICY["profiles.import"] & work.principal.roles and known.assignments
        return {
            "view": clinician_view(known, now=work.now, zone=ZoneInfo(await agency_zone(work))),
            "profile_href": profile_path(clinician_id) if may_bring else None,
        }

    return await door.show("directory/clinician.html", look)


@router.get("/facilities/{facility_id}")
async def show_facility(door: Pages, facility_id: EntryId) -> Response:
    """One facility: who starts, who works there, what is open, what time it is there."""

    async def look(work: Work) -> Values:
        return {"view": facility_view(await directory.facility_by_id(work, facility_id), now=work.now)}

    return await door.show("directory/facility.html", look)
