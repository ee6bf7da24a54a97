"""The token endpoint (RFC 6749, 3.2): its errors are those of the standard, not problems."""

import time
from base64 import b64decode
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote_plus

import structlog
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from identity.api.routes.forms import form_of
from identity.api.routes.grant_types import GRANT_TYPES
from identity.api.routes.parts import Have, Open, Parts, caller
from identity.app import queries
from identity.domain.access import TOKEN_LIVES, claims_of
from identity.domain.oauth import INVALID_CLIENT, Denied, Granted, TokenRequest
from identity.domain.signing_key import SigningKey
from shared.db.work import Work
from shared.http.access import public

log = structlog.get_logger()

router = APIRouter(include_in_schema=False)

NOT_A_FORM = Denied(error="invalid_request", description="Send a form with grant_type, each field once.")
UNKNOWN_GRANT = Denied(error="unsupported_grant_type", description="This grant type is not served.")


@router.post("/token", dependencies=[public("whoever asks proves themselves by what they bring")])
async def token(request: Request, door: Open, have: Have) -> Response:
    asked = await _asked(request, have)
    if isinstance(asked, Denied):
        return _denied(asked)
    exchange = GRANT_TYPES.get(asked.field("grant_type"))
    if exchange is None:
        return _denied(UNKNOWN_GRANT)

    asked_at = int(time.time())  # real time: others compare it with their own

    async def answer(work: Work) -> tuple[Granted | Denied, SigningKey]:
        return await exchange(work, asked), await queries.signing_key(work)

    outcome, key = await door.act(answer)
    return _denied(outcome) if isinstance(outcome, Denied) else await _granted(outcome, key, have, asked_at=asked_at)


async def _asked(request: Request, have: Parts) -> TokenRequest | Denied:
    fields = await form_of(request)
    if fields is None or "grant_type" not in fields:
        return NOT_A_FORM
    client_id, client_secret = fields.get("client_id"), fields.get("client_secret")
    if request.headers.get("authorization"):
        basic = _basic(request.headers["authorization"])
        if basic is None or client_secret or client_id not in (None, basic[0]):
            return INVALID_CLIENT
        client_id, client_secret = basic
    return TokenRequest(fields=fields, client_id=client_id, client_secret=client_secret, address=caller(request, have))


def _basic(header: str) -> tuple[str, str] | None:
    """Name and secret of client_secret_basic, each form-encoded (RFC 6749, 2.3.1)."""
    scheme, _, encoded = header.partition(" ")
    try:
        name, colon, secret = b64decode(encoded.strip(), validate=True).decode().partition(":")
    except ValueError:
        return None
    if scheme.lower() != "basic" or not colon or "\0" in name + secret:
        return None
    return unquote_plus(name), unquote_plus(secret)


async def _granted(granted: Granted, key: SigningKey, have: Parts, *, asked_at: int) -> Response:
    body: dict[str, Any] = {
        "access_token": await have.signer.access_token(claims_of(granted.access), key=key, asked_at=asked_at),
        "token_type": "Bearer",
        "expires_in": int(TOKEN_LIVES.total_seconds()),
        "scope": granted.access.scope,
    }
    if granted.refresh_token:
        body["refresh_token"] = granted.refresh_token
    if granted.id_claims:
        body["id_token"] = await have.signer.id_token(granted.id_claims, key=key, asked_at=asked_at)
    log.info("identity.token_granted", subject=granted.access.subject, client_id=granted.access.client_id)
    return _answer(body)


def _denied(denied: Denied) -> Response:
    log.info("identity.token_denied", error=denied.error)
    headers = {"WWW-Authenticate": 'Basic realm="firstshift"'} if denied.status == 401 else {}
    return _answer({"error": denied.error, "error_description": denied.description}, denied.status, headers)


def _answer(body: Mapping[str, Any], status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    return JSONResponse(dict(body), status_code=status, headers={**(headers or {}), "Pragma": "no-cache"})
