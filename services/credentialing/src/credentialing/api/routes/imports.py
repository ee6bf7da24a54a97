"""Profiles from other systems over HTTP, and what these say they verified."""

from typing import Annotated

from fastapi import APIRouter, Path
from starlette.responses import Response

from credentialing.api.routes.numbers import Sealing
from credentialing.api.schemas.imports import AssertionList, AssertionOut, ImportIn, ImportOut
from credentialing.app.accept_assertion import accept_assertion
from credentialing.app.import_profile import import_profile
from credentialing.app.queries.assertions import assertions_of
from credentialing.domain.documents.sight import READS
from credentialing.domain.profile import errors
from credentialing.domain.profile.importing import Assertion
from shared.db.versions import VersionMismatch
from shared.errors import NotFound
from shared.http.access import allow
from shared.http.answers import Answer
from shared.http.commands import Commands, Reads
from shared.http.decoding import body
from shared.http.openapi import problems
from shared.vault.errors import PrivateValuesErased
from shared.vault.routes import ClinicianId

router = APIRouter(prefix="/v1", tags=["profiles"])


def _shown(assertion: Assertion) -> Answer:
    return Answer(body=AssertionOut.of(assertion), etag=assertion.version)


@router.post(
    "/clinicians/{clinician_id}/profile:import",
    summary="Take in a profile from another system",
    description="With `validate_only` the preview: what would be taken in, what is known already or in conflict.",
    dependencies=[allow("profiles.import")],
    responses=problems(NotFound, PrivateValuesErased),
    response_model=ImportOut,
)
async def take_in(
    door: Commands, numbers: Sealing, clinician_id: ClinicianId, asked: Annotated[ImportIn, body(ImportIn)]
) -> Response:
    command = asked.command(clinician_id)
    return await door.command(
        lambda work: import_profile(work, command, numbers=numbers),
        answer=lambda imported: Answer(body=ImportOut.of(imported)),
    )


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
