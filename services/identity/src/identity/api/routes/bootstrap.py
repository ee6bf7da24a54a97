"""How the first administrator comes in."""

from typing import Annotated

from fastapi import APIRouter
from starlette.responses import JSONResponse, Response

from identity.api.routes.parts import Have, Open
from identity.api.schemas.bootstrap import BootstrapIn
from identity.api.schemas.people import AcceptedOut
from identity.app import queries
from identity.app.make_first_administrator import MakeFirstAdministrator, make_first_administrator
from identity.clients.one_time_codes import address_for_app
from identity.domain.access_errors import AdministratorExists, BootstrapCodeWrong
from identity.domain.errors import EmailTaken, PasswordUnfit
from identity.domain.passwords import require_fit
from shared.access.secret_texts import secret_hash
from shared.http.access import public
from shared.http.decoding import body
from shared.http.openapi import problems

router = APIRouter(prefix="/v1", tags=["bootstrap"])


@router.post(
    "/bootstrap",
    summary="Become the first administrator",
    dependencies=[public("the printed code is the proof")],
    responses=problems(AdministratorExists, BootstrapCodeWrong, EmailTaken, PasswordUnfit),
    response_model=AcceptedOut,
    status_code=201,
)
async def bootstrap(door: Open, have: Have, asked: Annotated[BootstrapIn, body(BootstrapIn)]) -> Response:
    """The code works once; there is nothing to repeat, so no Idempotency-Key is asked for."""
    digest = secret_hash(asked.code)
    await door.act(lambda work: queries.require_bootstrap_open(work, digest))
    require_fit(asked.password, email=asked.email)
    password_hash = await have.passwords.hash(asked.password)
    command = MakeFirstAdministrator(digest=digest, email=asked.email, name=asked.name, password_hash=password_hash)
    came = await door.act(lambda work: make_first_administrator(work, command, sealer=have.sealer))
    address = address_for_app(came.totp_secret, came.person.email) if came.totp_secret else None
    return JSONResponse(AcceptedOut.of(came, address).model_dump(mode="json"), status_code=201)
