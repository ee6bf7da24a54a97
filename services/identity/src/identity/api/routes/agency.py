"""The agency's settings over HTTP."""

from typing import Annotated

from fastapi import APIRouter
from starlette.responses import Response

from identity.api.schemas.agency import SettingsIn, SettingsOut
from identity.app import queries
from identity.app.change_settings import ChangeSettings, change_settings
from identity.domain.agency_settings import AgencySettings
from shared.db.versions import VersionMismatch
from shared.http.access import allow
from shared.http.answers import Answer
from shared.http.commands import Commands, Reads
from shared.http.decoding import body
from shared.http.errors import IfMatchMalformed, IfMatchMissing
from shared.http.openapi import problems
from shared.http.versions import ExpectedVersion

router = APIRouter(prefix="/v1", tags=["settings"])


def _show(settings: AgencySettings) -> Answer:
    return Answer(body=SettingsOut.of(settings), etag=settings.version)


@router.get(
    "/settings",
    summary="How the agency works",
    dependencies=[allow("settings.read")],
    responses=problems(),
    response_model=SettingsOut,
)
async def get_settings(door: Reads) -> Response:
    return await door.show(queries.settings_now, answer=_show)


@router.put(
    "/settings",
    summary="Say how the agency works",
    dependencies=[allow("settings.change")],
    responses=problems(VersionMismatch, IfMatchMissing, IfMatchMalformed),
    response_model=SettingsOut,
)
async def put_settings(
    door: Commands, expected_version: ExpectedVersion, asked: Annotated[SettingsIn, body(SettingsIn)]
) -> Response:
    command = ChangeSettings(wanted=asked.settings(), expected_version=expected_version)
    return await door.command(lambda work: change_settings(work, command), answer=_show)
