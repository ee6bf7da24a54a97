"""API clients over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response

from identity.api.schemas.api_clients import ClientIn, ClientLine, ClientOut, NewSecretOut, SecretIn
from identity.api.schemas.reasons import ReasonIn
from identity.app import queries
from identity.app.disable_api_client import DisableApiClient, disable_api_client
from identity.app.issue_client_secret import IssueClientSecret, issue_client_secret
from identity.app.queries import ClientView
from identity.app.register_api_client import RegisterApiClient, register_api_client
from identity.app.revoke_client_secret import RevokeClientSecret, revoke_client_secret
from identity.clients.mint import Minted
from identity.domain import access_errors as errors
from identity.domain.api_client import ApiClient
from shared.access.errors import FreshSignInNeeded
from shared.db.versions import VersionMismatch
from shared.db.work import Work
from shared.errors import NotFound
from shared.http.access import allow
from shared.http.answers import Answer
from shared.http.commands import Commands, Reads
from shared.http.decoding import body
from shared.http.errors import CursorDamaged, CursorOfOtherList
from shared.http.openapi import problems
from shared.http.pages import Page, Paging
from shared.http.shown_once import shown_once
from shared.http.step_up import require_fresh_sign_in

router = APIRouter(prefix="/v1", tags=["API clients"])

CLIENT = "/api-clients/{client_id}"
REFUSALS = (NotFound, VersionMismatch, errors.ClientDisabled)
ClientId = Annotated[str, Path(max_length=60)]


def _show(view: ClientView) -> Answer:
    return Answer(body=ClientOut.of(view), etag=view.client.version)


def _show_new(client: ApiClient) -> Answer:
    body = NewSecretOut.of(ClientView(client=client, last_used_on=None))
    return Answer(body=body, etag=client.version, status=201, location=f"/v1/api-clients/{client.client_id}")


def _minted(request: Request) -> Minted:
    minted: Minted = request.app.state.mint.client_secret()
    return minted


@router.post(
    "/api-clients",
    summary="Register another system",
    dependencies=[allow("api_clients.register")],
    responses=problems(),
    response_model=NewSecretOut,
    status_code=201,
)
async def register(request: Request, door: Commands, asked: Annotated[ClientIn, body(ClientIn)]) -> Response:
    """Its secret is in this answer and nowhere else."""
    require_fresh_sign_in(door.principal)
    minted = _minted(request)
    command = RegisterApiClient(
        **asked.model_dump(exclude={"secret_expires_in_days"}),
        digest=minted.digest,
        secret_days=asked.secret_expires_in_days,
    )
    answered = await door.command(lambda work: register_api_client(work, command), answer=_show_new)
    return shown_once(answered, secret=minted.text)


@router.get(
    "/api-clients",
    summary="API clients by name",
    dependencies=[allow("api_clients.read")],
    responses=problems(CursorDamaged, CursorOfOtherList),
)
async def list_clients(
    door: Reads, paging: Paging, is_active: Annotated[bool | None, Query()] = None
) -> Page[ClientLine]:
    found = await door.read(lambda work: queries.clients_page(work, is_active=is_active, paging=paging))
    return found.page(ClientLine.model_validate)


@router.get(
    CLIENT,
    summary="One API client with its secrets, without their texts",
    dependencies=[allow("api_clients.read")],
    responses=problems(NotFound),
    response_model=ClientOut,
)
async def get_client(door: Reads, client_id: ClientId) -> Response:
    return await door.show(lambda work: queries.client_by_id(work, client_id), answer=_show)


@router.post(
    f"{CLIENT}:issue-secret",
    summary="Give the client a second secret, to change over to",
    dependencies=[allow("api_clients.issue_secret")],
    responses=problems(*REFUSALS, errors.TooManySecrets, FreshSignInNeeded),
    response_model=NewSecretOut,
    status_code=201,
)
async def issue(
    request: Request, door: Commands, client_id: ClientId, asked: Annotated[SecretIn, body(SecretIn)]
) -> Response:
    """The secret is in this answer and nowhere else."""
    require_fresh_sign_in(door.principal)
    minted = _minted(request)
    command = IssueClientSecret(client_id=client_id, digest=minted.digest, secret_days=asked.secret_expires_in_days)
    answered = await door.command(lambda work: issue_client_secret(work, command), answer=_show_new)
    return shown_once(answered, secret=minted.text)


@router.post(
    f"{CLIENT}/secrets/{{secret_id}}:revoke",
    summary="End one secret of the client, and every token it has",
    dependencies=[allow("api_clients.revoke_secret")],
    responses=problems(*REFUSALS, errors.SecretRevoked, FreshSignInNeeded),
    response_model=ClientOut,
)
async def revoke(
    door: Commands,
    client_id: ClientId,
    secret_id: Annotated[str, Path(max_length=60)],
    asked: Annotated[ReasonIn, body(ReasonIn)],
) -> Response:
    require_fresh_sign_in(door.principal)
    command = RevokeClientSecret(client_id=client_id, secret_id=secret_id, reason=asked.reason)

    async def act(work: Work) -> ClientView:
        return await queries.client_view(work, await revoke_client_secret(work, command))

    return await door.command(act, answer=_show)


@router.post(
    f"{CLIENT}:disable",
    summary="Shut the client out for good",
    dependencies=[allow("api_clients.disable")],
    responses=problems(*REFUSALS),
    response_model=ClientOut,
)
async def shut_out(door: Commands, client_id: ClientId, asked: Annotated[ReasonIn, body(ReasonIn)]) -> Response:
    command = DisableApiClient(client_id=client_id, reason=asked.reason)

    async def act(work: Work) -> ClientView:
        return await queries.client_view(work, await disable_api_client(work, command))

    return await door.command(act, answer=_show)
