"""Rotating the keys that sign tokens, by hand."""

from fastapi import APIRouter
from starlette.responses import Response

from identity.api.routes.parts import Have
from identity.api.schemas.people import KeysOut
from identity.app.rotate_keys import rotate_keys
from identity.domain.signing_key import Rotation, current
from shared.http.access import allow
from shared.http.answers import Answer
from shared.http.commands import Commands
from shared.http.openapi import problems

router = APIRouter(prefix="/v1", tags=["signing keys"])


def _show(rotation: Rotation) -> Answer:
    signing = current(rotation.kept)
    assert signing
    return Answer(body=KeysOut(kids=tuple(key.kid for key in rotation.kept), signing=signing.kid))


@router.post(
    "/signing-keys:rotate",
    summary="Have the next key sign from now on, after a doubt about the present one",
    dependencies=[allow("signing_keys.rotate")],
    responses=problems(),
    response_model=KeysOut,
)
async def rotate(door: Commands, have: Have) -> Response:
    """The present key is still published for an hour, so that tokens it signed hold to their end."""
    return await door.command(lambda work: rotate_keys(work, signer=have.signer, is_forced=True), answer=_show)
