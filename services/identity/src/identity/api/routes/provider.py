"""What clients of OpenID Connect read: who issues, by which keys, and who signed in."""

from fastapi import APIRouter
from joserfc.jwk import KeySet
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from identity.api.routes.grant_types import GRANT_TYPES
from identity.api.routes.parts import Have, Open, OpenDoor
from identity.app import queries
from identity.clients.signing import ALGORITHM, key_set
from identity.domain.authorization import SCOPES
from identity.domain.id_token import described
from shared.access.tokens import Verifier
from shared.http.access import public

router = APIRouter(include_in_schema=False)


@router.get("/.well-known/openid-configuration", dependencies=[public("names addresses, holds no data")])
async def configuration(have: Have) -> Response:
    """OpenID Connect Discovery 1.0, 3; RFC 8414."""
    issuer = have.signer.issuer
    return JSONResponse({**_FIXED, "issuer": issuer, **{name: issuer + path for name, path in _PATHS.items()}})


@router.get("/.well-known/jwks.json", dependencies=[public("public keys")])
async def public_keys(door: Open) -> Response:
    """The public keys: the next one, which will sign, the present one, and those whose tokens may still live."""
    return JSONResponse(key_set(await door.act(queries.published_keys)).as_dict(private=False))


@router.get("/userinfo", dependencies=[public("looks at the token itself: it is of this issuer")])
@router.post("/userinfo", dependencies=[public("looks at the token itself: it is of this issuer")])
async def userinfo(request: Request, door: Open, have: Have) -> Response:
    """Who holds the token (OpenID Connect Core, 5.3). Raises TokenMissing, TokenInvalid, TokenExpired, NotFound."""
    verifier = Verifier(_OwnKeys(door), issuer=have.signer.issuer)
    holder = await verifier.principal(request.headers.get("authorization"))
    await request.app.state.wiring.withdrawals.present(holder)
    person = await door.act(lambda work: queries.person_by_id(work, holder.subject))
    return JSONResponse(described(person, "profile email"))


class _OwnKeys:
    """The issuer's own keys, which it need not ask for over HTTP."""

    def __init__(self, door: OpenDoor) -> None:
        self._door = door

    async def current(self, *, kid: str | None) -> KeySet:
        return key_set(await self._door.act(queries.published_keys))


_PATHS = {
    "authorization_endpoint": "/authorize",
    "token_endpoint": "/token",
    "userinfo_endpoint": "/userinfo",
    "end_session_endpoint": "/logout",
    "jwks_uri": "/.well-known/jwks.json",
}
_FIXED = {
    "response_types_supported": ["code"],
    "response_modes_supported": ["query"],
    "grant_types_supported": list(GRANT_TYPES),
    "subject_types_supported": ["public"],
    "id_token_signing_alg_values_supported": [ALGORITHM],
    "scopes_supported": sorted(SCOPES),
    "claims_supported": ["sub", "name", "zoneinfo", "email", "auth_time", "amr", "sid", "nonce"],
    "code_challenge_methods_supported": ["S256"],
    "token_endpoint_auth_methods_supported": ["none", "client_secret_basic", "client_secret_post"],
    "prompt_values_supported": ["none", "login", "select_account"],
    "authorization_response_iss_parameter_supported": True,
    "request_parameter_supported": False,
    "request_uri_parameter_supported": False,
    "claims_parameter_supported": False,
}
