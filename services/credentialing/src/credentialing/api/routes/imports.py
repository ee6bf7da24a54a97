"""Profiles from other systems over HTTP, and what these say they verified."""

import re
from dataclasses import replace
from hashlib import sha256
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Path, Query, Request
from starlette.responses import Response

from credentialing.api.routes.documents import AtDesk
from credentialing.api.routes.import_door import Imports
from credentialing.api.routes.numbers import Sealing
from credentialing.api.schemas.imports import AssertionList, AssertionOut, ImportIn, ImportOut
from credentialing.api.schemas.profiles import ProfileBundle
from credentialing.app.accept_assertion import accept_assertion
from credentialing.app.begin_import import begin_import
from credentialing.app.import_profile import Along, ImportProfile, import_profile
from credentialing.app.queries.assertions import assertions_of
from credentialing.app.queries.profiles import require_clinician
from credentialing.clients.sealed_spool import sealed_spool
from credentialing.clients.spreadsheets import rows_of
from credentialing.clients.unpacking import unpacked
from credentialing.clients.unzipping import Unzipped
from credentialing.domain.documents.sight import READS
from credentialing.domain.profile import errors
from credentialing.domain.profile.importing import Assertion, Imported
from credentialing.domain.profile.papers import MOST_PROFILE_BYTES, PROFILE, differences
from credentialing.domain.profile.table import read_table
from shared.db.versions import VersionMismatch
from shared.errors import Finding, Invalid, NotFound
from shared.guard.errors import BodyTooLarge, BodyTooSlow
from shared.guard.limits import LargeBody
from shared.http.access import allow
from shared.http.answers import Answer
from shared.http.commands import Commands, Reads
from shared.http.decoding import body, read
from shared.http.errors import MalformedJson, TooDeep
from shared.http.openapi import problems
from shared.vault.errors import PrivateValuesErased
from shared.vault.routes import ClinicianId

router = APIRouter(prefix="/v1", tags=["profiles"])

RESOURCE: Final = "archive_most_bytes"
"""The name of that bound on the application's state."""

UPLOAD_SECONDS: Final = 900
OF_PROFILE: Final = "/clinicians/{clinician_id}/profile"
PREVIEW: Final = (
    "With `validate_only` the preview: what would be taken in, what is known already, in conflict or refused. Nothing"
    " is kept then."
)
_FAULTY = (errors.ArchiveUnreadable, errors.ArchiveDiffers, errors.EntryDamaged, MalformedJson, TooDeep)
_ZIP = {"schema": {"type": "string", "format": "binary"}, "example": "PK …"}
_TABLE = (
    "item,number,state,scope,issued_on,expires_on\r\nCERT-BLS,245012345678,,,2026-01-05,2027-12-31\r\n"
    "LIC-RN,RN.0012345,CO,multistate,2025-06-01,2027-05-31\r\n"
)
_CSV = {"schema": {"type": "string"}, "example": _TABLE}

Sender = Annotated[str, Query(max_length=200, description="Which system or agency it comes from; required.")]


async def _most_bytes(request: Request) -> int:
    most_bytes: int = getattr(request.app.state, RESOURCE)
    return most_bytes


MostBytes = Annotated[int, Depends(_most_bytes)]


def large_bodies(most_bytes: int) -> tuple[LargeBody, ...]:
    """The route that takes archives, and how large these may be."""
    path = re.compile(r"/v1/clinicians/[^/]+/profile/archive:import")
    return (LargeBody(method="POST", path=path, most_bytes=most_bytes, seconds=UPLOAD_SECONDS),)


def _came(imported: Imported) -> Answer:
    return Answer(body=ImportOut.of(imported))


def _shown(assertion: Assertion) -> Answer:
    return Answer(body=AssertionOut.of(assertion), etag=assertion.version)


@router.post(
    f"{OF_PROFILE}:import",
    summary="Take in a profile from another system",
    description=PREVIEW,
    dependencies=[allow("profiles.import")],
    responses=problems(NotFound, PrivateValuesErased),
    response_model=ImportOut,
)
async def take_in(
    door: Commands, numbers: Sealing, clinician_id: ClinicianId, asked: Annotated[ImportIn, body(ImportIn)]
) -> Response:
    command = asked.command(clinician_id)
    return await door.command(lambda work: import_profile(work, command, numbers=numbers), answer=_came)


@router.post(
    f"{OF_PROFILE}/archive:import",
    summary="Take in a profile with its documents",
    description=f"The body is a zip as `profile/archive` gives it out; each document is looked into. {PREVIEW}",
    dependencies=[allow("profiles.import")],
    responses=problems(NotFound, PrivateValuesErased, BodyTooLarge, BodyTooSlow, *_FAULTY),
    response_model=ImportOut,
    openapi_extra={"requestBody": {"required": True, "content": {"application/zip": _ZIP}}},
)
async def take_in_archive(
    door: Imports,
    numbers: Sealing,
    desk: AtDesk,
    most: MostBytes,
    clinician_id: ClinicianId,
    sender: Sender = "",
) -> Response:
    rehearses = door.is_rehearsal
    key = await door.prepare(lambda work: begin_import(work, clinician_id, desk=desk, is_rehearsal=rehearses))
    _require_sender(sender)
    async with sealed_spool(door.parts()) as spool:
        door.has_received(spool.digest)
        archive = Unzipped(spool.file, most_bytes=most)
        asked = await _asked(archive, sender)
        async with unpacked(archive, asked.listed(), desk=desk, key=key) as papers:
            along = Along(desk=desk, papers=papers, is_rehearsal=rehearses)
            command = replace(asked.command(clinician_id), along=along)
            return await door.command(lambda work: import_profile(work, command, numbers=numbers), answer=_came)


@router.post(
    f"{OF_PROFILE}/table:import",
    summary="Take in a table of credentials",
    description=f"The body is a CSV file; docs/domain/outside-people.md tells its columns. {PREVIEW}",
    dependencies=[allow("profiles.import")],
    responses=problems(NotFound, PrivateValuesErased, BodyTooLarge, BodyTooSlow, errors.TableUnreadable),
    response_model=ImportOut,
    openapi_extra={"requestBody": {"required": True, "content": {"text/csv": _CSV}}},
)
async def take_in_table(door: Imports, numbers: Sealing, clinician_id: ClinicianId, sender: Sender = "") -> Response:
    await door.prepare(lambda work: require_clinician(work, clinician_id))
    _require_sender(sender)
    content = b"".join([part async for part in door.parts()])
    door.has_received(sha256(content).digest())
    table = read_table(rows_of(content))
    if table.findings:
        raise Invalid(findings=table.findings)
    command = ImportProfile.of_table(table, clinician_id=clinician_id, sender=sender)
    return await door.command(lambda work: import_profile(work, command, numbers=numbers), answer=_came)


@router.get(
    "/clinicians/{clinician_id}/assertions",
    summary="What other systems say they verified",
    dependencies=[allow("assertions.read", besides=READS)],
    responses=problems(NotFound),
)
async def list_assertions(door: Reads, clinician_id: ClinicianId) -> AssertionList:
    found = await door.read(lambda work: assertions_of(work, clinician_id, reaches=door.reaches))
    return AssertionList(items=tuple(AssertionOut.of(one) for one in found))


@router.post(
    "/assertions/{assertion_id}:accept",
    summary="Take an issuer's word that came through another system",
    dependencies=[allow("assertions.accept")],
    responses=problems(NotFound, VersionMismatch, errors.AssertionOver, errors.SourceNotIssuer),
    response_model=AssertionOut,
)
async def accept(door: Commands, assertion_id: Annotated[str, Path(max_length=60)]) -> Response:
    return await door.command(lambda work: accept_assertion(work, assertion_id), answer=_shown)


async def _asked(archive: Unzipped, sender: str) -> ImportIn:
    """The profile in an archive that holds just what it lists. Raises what is in _FAULTY, and Invalid."""
    size = next((one.size for one in archive.entries if one.name == PROFILE), None)
    if size is None:
        raise errors.ArchiveUnreadable(fault=f"it holds no {PROFILE}")
    if size > MOST_PROFILE_BYTES:
        raise errors.ArchiveUnreadable(fault=f"its {PROFILE} is too large")
    found = read(ProfileBundle, await archive.whole(PROFILE))
    if found.value is None:
        raise Invalid(findings=[replace(one, pointer=f"/profile{one.pointer}") for one in found.findings])
    asked = ImportIn(sender=sender, profile=found.value)
    if different := differences(asked.listed(), archive.entries):
        raise errors.ArchiveDiffers(findings=different)
    return asked


def _require_sender(sender: str) -> None:
    """After the clinician, so that nobody learns by a refusal who is here. Raises Invalid."""
    if not sender.strip():
        message = "Say which system or agency it comes from."
        raise Invalid(findings=(Finding(pointer="/query/sender", code="missing", message=message),))
