"""The directory over HTTP: clients, facilities and clinicians, entered under the source's own references."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query
from pydantic import BaseModel
from starlette.responses import Response

from assignments.api.routes.bodies import Read, judged
from assignments.api.schemas.directory import (
    ClientIn,
    ClientLine,
    ClientOut,
    ClinicianIn,
    ClinicianLine,
    ClinicianOut,
    FacilityIn,
    FacilityLine,
    FacilityOut,
)
from assignments.api.schemas.drafts import client_draft, clinician_draft, facility_draft
from assignments.api.schemas.fields import REFERENCE_PATTERN, SOURCE_PATTERN
from assignments.app import queries
from assignments.app.queries import EntryFilter
from assignments.app.record_entry import Entered
from assignments.app.register_client import RegisterClient, register_client
from assignments.app.register_clinician import RegisterClinician, register_clinician
from assignments.app.register_facility import RegisterFacility, register_facility
from assignments.domain.directory import Listed
from shared.errors import NotFound
from shared.http.access import allow
from shared.http.answers import Answer
from shared.http.commands import Commands, Reads
from shared.http.errors import CursorDamaged, CursorOfOtherList
from shared.http.openapi import problems
from shared.http.pages import Page, Paging

router = APIRouter(prefix="/v1", tags=["directory"])

Source = Annotated[str, Path(pattern=SOURCE_PATTERN)]
Reference = Annotated[str, Path(pattern=REFERENCE_PATTERN)]
EntryId = Annotated[str, Path(max_length=60)]
READ, WRITE = allow("directory.read"), allow("directory.write")
PAGED, FOUND = problems(CursorDamaged, CursorOfOtherList), problems(NotFound)


async def _wanted(
    source: Annotated[str | None, Query(max_length=40)] = None,
    source_reference: Annotated[str | None, Query(max_length=80)] = None,
    name_prefix: Annotated[str | None, Query(max_length=120)] = None,
) -> EntryFilter:
    return EntryFilter(source=source, source_reference=source_reference, name_prefix=name_prefix)


Wanted = Annotated[EntryFilter, Depends(_wanted)]


def _entered(model: type[BaseModel]) -> dict[int | str, dict[str, Any]]:
    return {**problems(), 201: {"model": model, "description": "It is new."}}


def _show(body: Callable[[Listed[Any]], BaseModel]) -> Callable[[Listed[Any]], Answer]:
    return lambda listed: Answer(body=body(listed), etag=listed.version)


def _answer(body: Callable[[Listed[Any]], BaseModel]) -> Callable[[Entered[Any]], Answer]:
    return lambda entered: Answer(
        body=body(entered.listed), etag=entered.listed.version, status=201 if entered.is_new else 200
    )


@router.put(
    "/clients/{source}/{source_reference}",
    summary="Enter a client, or change it",
    dependencies=[WRITE],
    responses=_entered(ClientOut),
    response_model=ClientOut,
)
async def put_client(
    door: Commands, source: Source, source_reference: Reference, asked: Annotated[Read, judged(ClientIn)]
) -> Response:
    draft = client_draft(asked.draft, source=source, source_reference=source_reference)
    command = RegisterClient(source=source, source_reference=source_reference, draft=draft, unread=asked.unread)
    return await door.command(lambda work: register_client(work, command), answer=_answer(ClientOut.of))


@router.get("/clients", summary="Clients by name", dependencies=[READ], responses=PAGED)
async def list_clients(door: Reads, paging: Paging, wanted: Wanted) -> Page[ClientLine]:
    found = await door.read(lambda work: queries.clients_page(work, wanted, paging=paging))
    return found.page(ClientLine.model_validate)


@router.get(
    "/clients/{client_id}",
    summary="One client",
    dependencies=[READ],
    responses=FOUND,
    response_model=ClientOut,
)
async def get_client(door: Reads, client_id: EntryId) -> Response:
    return await door.show(lambda work: queries.client_by_id(work, client_id), answer=_show(ClientOut.of))


@router.put(
    "/facilities/{source}/{source_reference}",
    summary="Enter a facility, or change it",
    dependencies=[WRITE],
    responses=_entered(FacilityOut),
    response_model=FacilityOut,
)
async def put_facility(
    door: Commands, source: Source, source_reference: Reference, asked: Annotated[Read, judged(FacilityIn)]
) -> Response:
    draft = facility_draft(asked.draft, source=source, source_reference=source_reference)
    command = RegisterFacility(source=source, source_reference=source_reference, draft=draft, unread=asked.unread)
    return await door.command(lambda work: register_facility(work, command), answer=_answer(FacilityOut.of))


@router.get("/facilities", summary="Facilities by name", dependencies=[READ], responses=PAGED)
async def list_facilities(door: Reads, paging: Paging, wanted: Wanted) -> Page[FacilityLine]:
    found = await door.read(lambda work: queries.facilities_page(work, wanted, paging=paging))
    return found.page(FacilityLine.model_validate)


@router.get(
    "/facilities/{facility_id}",
    summary="One facility",
    dependencies=[READ],
    responses=FOUND,
    response_model=FacilityOut,
)
async def get_facility(door: Reads, facility_id: EntryId) -> Response:
    return await door.show(lambda work: queries.facility_by_id(work, facility_id), answer=_show(FacilityOut.of))


@router.put(
    "/clinicians/{source}/{source_reference}",
    summary="Enter a clinician, or change the entry",
    dependencies=[WRITE],
    responses=_entered(ClinicianOut),
    response_model=ClinicianOut,
)
async def put_clinician(
    door: Commands, source: Source, source_reference: Reference, asked: Annotated[Read, judged(ClinicianIn)]
) -> Response:
    draft = clinician_draft(asked.draft, source=source, source_reference=source_reference)
    command = RegisterClinician(source=source, source_reference=source_reference, draft=draft, unread=asked.unread)
    return await door.command(lambda work: register_clinician(work, command), answer=_answer(ClinicianOut.of))


@router.get("/clinicians", summary="Clinicians by name", dependencies=[READ], responses=PAGED)
async def list_clinicians(door: Reads, paging: Paging, wanted: Wanted) -> Page[ClinicianLine]:
    found = await door.read(lambda work: queries.clinicians_page(work, wanted, paging=paging))
    return found.page(ClinicianLine.model_validate)


@router.get(
    "/clinicians/{clinician_id}",
    summary="One clinician",
    dependencies=[READ],
    responses=FOUND,
    response_model=ClinicianOut,
)
async def get_clinician(door: Reads, clinician_id: EntryId) -> Response:
    return await door.show(lambda work: queries.clinician_by_id(work, clinician_id), answer=_show(ClinicianOut.of))
