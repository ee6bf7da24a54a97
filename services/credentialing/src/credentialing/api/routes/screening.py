"""Exclusion lists, screenings and cases over HTTP."""

import re
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request
from starlette.responses import Response

from credentialing.api.schemas.exclusion_lists import ChangeOut, ListOut, Lists, ReleaseOut, UnscreenedOut
from credentialing.api.schemas.screening import (
    AddNameIn,
    CaseLine,
    CaseOut,
    DecideIn,
    KeptNameOut,
    KeptNames,
    ScreeningOut,
    Screenings,
)
from credentialing.app.add_other_name import AddOtherName, add_other_name
from credentialing.app.approve_exclusion_case import approve_exclusion_case
from credentialing.app.decide_exclusion_case import DecideExclusionCase, decide_exclusion_case
from credentialing.app.load_release import LoadRelease, load_release
from credentialing.app.queries import screening as queries
from credentialing.clients.spool import spooled
from credentialing.domain.documents.errors import DocumentNotUsable
from credentialing.domain.screening import errors
from credentialing.domain.screening.case import Found
from credentialing.domain.screening.lists import LEIE
from credentialing.domain.screening.names import NameKind
from credentialing.storage import screening_cases, screening_releases
from credentialing.storage.screening_people import People
from shared.db.versions import VersionMismatch
from shared.errors import NotFound
from shared.guard.errors import BodyTooLarge, BodyTooSlow
from shared.guard.limits import LargeBody
from shared.http.access import allow
from shared.http.answers import Answer
from shared.http.commands import Commands, Reads
from shared.http.decoding import body
from shared.http.errors import CursorDamaged, CursorOfOtherList
from shared.http.openapi import problems
from shared.http.pages import Page, Paging
from shared.http.parameters import Day
from shared.http.uploads import Uploads
from shared.vault.errors import PrivateValuesErased

router = APIRouter(prefix="/v1", tags=["exclusion screening"])

PEOPLE = "screened_people"
"""The name of the resource `People` on the application's state."""
LARGEST_LIST = 64 * 1024 * 1024
LIST_SECONDS = 300
RELEASES = "/exclusion-lists/{list_name}/releases"
LISTS = LargeBody(
    method="POST",
    path=re.compile("/v1/exclusion-lists/[^/]+/releases"),
    most_bytes=LARGEST_LIST,
    seconds=LIST_SECONDS,
)
"""A list is some 16 MB; the SAM extract is larger."""
LINES = (CursorDamaged, CursorOfOtherList)
UNUSABLE = (
    errors.ListUnknown,
    errors.HeaderChanged,
    errors.ListFileTooSmall,
    errors.ListFileFaulty,
    errors.ListFileOutdated,
)
_CSV = {"schema": {"type": "string", "format": "binary"}, "example": '"LASTNAME","FIRSTNAME","MIDNAME"\r\n'}
FILE = {"requestBody": {"required": True, "content": {"text/csv": _CSV}}}
ListName = Annotated[str, Path(max_length=20, pattern="^[a-z-]+$")]
ReleaseId = Annotated[str, Path(max_length=60)]
CaseId = Annotated[str, Path(max_length=60)]
ClinicianId = Annotated[str, Path(max_length=60)]


async def _people(request: Request) -> People:
    people: People = getattr(request.app.state, PEOPLE)
    return people


WithPeople = Annotated[People, Depends(_people)]


@router.get("/exclusion-lists", summary="How far each list is", dependencies=[allow("lists.read")])
async def list_lists(door: Reads) -> Lists:
    found = await door.read(queries.lists)
    return Lists(items=tuple(ListOut.of(one) for one in found))


@router.get(
    RELEASES,
    summary="The releases of a list",
    dependencies=[allow("lists.read")],
    responses=problems(errors.ListUnknown, *LINES),
)
async def list_releases(door: Reads, list_name: ListName, paging: Paging) -> Page[ReleaseOut]:
    found = await door.read(lambda work: queries.releases_page(work, list_name, paging=paging))
    return found.page(lambda row: ReleaseOut.of(screening_releases.of_row(row)))


@router.post(
    RELEASES,
    summary="Take in a new posting of a list",
    description="The whole file as published, as CSV; it replaces the one before. The same file again changes nothing.",
    dependencies=[allow("lists.load")],
    responses=problems(*UNUSABLE, BodyTooLarge, BodyTooSlow),
    status_code=201,
    response_model=ReleaseOut,
    openapi_extra=FILE,
)
async def post_release(door: Uploads, *, list_name: ListName, posted_on: Annotated[Day, Query()]) -> Response:
    async with spooled(door.parts()) as file:
        door.has_received(file.digest)
        command = LoadRelease(list_name=list_name, posted_on=posted_on, path=file.path, sha256=file.digest.hex())
        return await door.command(
            lambda work: load_release(work, command),
            answer=lambda made: Answer(
                body=ReleaseOut.of(made),
                status=201,
                location=f"/v1/exclusion-lists/{list_name}/releases/{made.release_id}",
            ),
        )


@router.get(
    f"{RELEASES}/{{release_id}}",
    summary="One release",
    dependencies=[allow("lists.read")],
    responses=problems(NotFound, errors.ListUnknown),
)
async def get_release(door: Reads, list_name: ListName, release_id: ReleaseId) -> ReleaseOut:
    found = await door.read(lambda work: queries.release_by_id(work, list_name, release_id=release_id))
    return ReleaseOut.of(found)


@router.get(
    f"{RELEASES}/{{release_id}}/changes",
    summary="What a release changed",
    dependencies=[allow("lists.read")],
    responses=problems(NotFound, errors.ListUnknown, *LINES),
)
async def list_changes(door: Reads, list_name: ListName, release_id: ReleaseId, paging: Paging) -> Page[ChangeOut]:
    found = await door.read(lambda work: queries.changes_page(work, list_name, release_id=release_id, paging=paging))
    return found.page(ChangeOut.of)


@router.get(
    "/unscreened-files",
    summary="Who was not screened against the newest release of a list",
    description="None while no release of the list was taken in.",
    dependencies=[allow("screenings.read")],
    responses=problems(errors.ListUnknown, *LINES),
)
async def list_unscreened(
    door: Reads, paging: Paging, list_name: Annotated[str, Query(max_length=20)] = LEIE.name
) -> Page[UnscreenedOut]:
    found = await door.read(lambda work: queries.unscreened_page(work, list_name, paging=paging))
    return found.page(UnscreenedOut.model_validate)


@router.get(
    "/exclusion-cases",
    summary="Exclusion cases",
    dependencies=[allow("screenings.read")],
    responses=problems(*LINES),
)
async def list_cases(
    door: Reads,
    paging: Paging,
    clinician_id: Annotated[str | None, Query(max_length=60)] = None,
    assignment_id: Annotated[str | None, Query(max_length=60)] = None,
    list_name: Annotated[str | None, Query(max_length=20)] = None,
    is_open: bool | None = None,
) -> Page[CaseLine]:
    wanted = queries.CaseFilter(
        clinician_id=clinician_id, assignment_id=assignment_id, list_name=list_name, is_open=is_open
    )
    found = await door.read(lambda work: queries.cases_page(work, wanted, paging=paging))
    return found.page(lambda row: CaseLine.of(screening_cases.of_row(row)))


@router.get(
    "/exclusion-cases/{case_id}",
    summary="One case with the row and the names that were compared",
    dependencies=[allow("screenings.read")],
    responses=problems(NotFound, PrivateValuesErased),
    response_model=CaseOut,
)
async def get_case(door: Reads, people: WithPeople, case_id: CaseId) -> Response:
    return await door.show(
        lambda work: queries.case_file(work, people, case_id=case_id),
        answer=lambda found: Answer(body=CaseOut.with_row(found), etag=found.case.version),
    )


@router.post(
    "/exclusion-cases/{case_id}:decide",
    summary="Say what the check at the source showed",
    dependencies=[allow("exclusions.decide")],
    responses=problems(NotFound, VersionMismatch, errors.CaseDecided, errors.EvidenceMissing, DocumentNotUsable),
    response_model=CaseLine,
)
async def decide_case(door: Commands, *, case_id: CaseId, asked: Annotated[DecideIn, body(DecideIn)]) -> Response:
    command = DecideExclusionCase(
        case_id=case_id, found=Found(asked.found), reason=asked.reason, document_id=asked.document_id
    )
    return await door.command(
        lambda work: decide_exclusion_case(work, command),
        answer=lambda case: Answer(body=CaseLine.of(case), etag=case.version),
    )


@router.post(
    "/exclusion-cases/{case_id}:approve",
    summary="Agree as the second person that it is not the person",
    dependencies=[allow("exclusions.approve")],
    responses=problems(
        NotFound, VersionMismatch, errors.CaseNotDecided, errors.CaseDecided, errors.ApprovalNeedsAnother
    ),
    response_model=CaseLine,
)
async def approve_case(door: Commands, case_id: CaseId) -> Response:
    return await door.command(
        lambda work: approve_exclusion_case(work, case_id),
        answer=lambda case: Answer(body=CaseLine.of(case), etag=case.version),
    )


@router.get(
    "/clinicians/{clinician_id}/screenings",
    summary="A clinician's exclusion screenings",
    dependencies=[allow("screenings.read")],
    responses=problems(NotFound),
)
async def list_screenings(door: Reads, clinician_id: ClinicianId) -> Screenings:
    found = await door.read(lambda work: queries.screenings_of(work, clinician_id))
    return Screenings(items=tuple(ScreeningOut.model_validate(one) for one in found))


@router.get(
    "/clinicians/{clinician_id}/aliases",
    summary="That a clinician has gone by other names",
    dependencies=[allow("screenings.read")],
    responses=problems(NotFound),
)
async def list_names(door: Reads, clinician_id: ClinicianId) -> KeptNames:
    found = await door.read(lambda work: queries.other_names_of(work, clinician_id))
    return KeptNames(items=tuple(KeptNameOut.model_validate(one) for one in found))


@router.post(
    "/clinicians/{clinician_id}/aliases",
    summary="Search for another name of a clinician, too",
    dependencies=[allow("names.add")],
    responses=problems(NotFound, PrivateValuesErased),
    status_code=201,
    response_model=KeptNameOut,
)
async def post_name(
    door: Commands, people: WithPeople, clinician_id: ClinicianId, asked: Annotated[AddNameIn, body(AddNameIn)]
) -> Response:
    command = AddOtherName(
        clinician_id=clinician_id,
        first=asked.first,
        middle=asked.middle,
        last=asked.last,
        kind=NameKind(asked.kind),
    )
    return await door.command(
        lambda work: add_other_name(work, people, command=command),
        answer=lambda kept: Answer(body=KeptNameOut.model_validate(kept), status=201),
    )
