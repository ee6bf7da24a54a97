"""What a client asks at the authorization endpoint: code with PKCE by S256, and nothing else (RFC 9700)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

SCOPES: Final = frozenset(("openid", "profile", "email"))
LONGEST: Final = 1024  # characters of state and nonce
_CHALLENGE: Final = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredClient:
    """A client that people sign in to. It is public: it proves itself by PKCE and by where its codes are sent."""

    client_id: str
    redirect_uris: tuple[str, ...]
    signed_out_uris: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorizationRequest:
    """A request that may be answered by a code. `max_age`: how old the sign-in may be (None: any)."""

    client_id: str
    redirect_uri: str
    code_challenge: str
    scope: str
    state: str | None
    nonce: str | None
    max_age: timedelta | None
    must_ask: bool
    may_not_ask: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Why no code is given. Without `redirect_uri` nobody but the person can be told: it is not the client's."""

    error: str
    description: str
    redirect_uri: str | None = None
    state: str | None = None


def read_request(fields: Mapping[str, str], clients: Mapping[str, RegisteredClient]) -> AuthorizationRequest | Fault:
    """The request that these parameters make, or the fault to answer."""
    client = clients.get(fields.get("client_id", ""))
    redirect_uri = fields.get("redirect_uri", "")
    if client is None or redirect_uri not in client.redirect_uris:
        return Fault(error="invalid_request", description="This application or its return address is not registered.")
    state = fields.get("state")
    fault = _fault(fields)
    if fault:
        error, description = fault
        return Fault(error=error, description=description, redirect_uri=redirect_uri, state=state)
    prompts = fields.get("prompt", "").split()
    max_age = fields.get("max_age")
    return AuthorizationRequest(
        client_id=client.client_id,
        redirect_uri=redirect_uri,
        code_challenge=fields["code_challenge"],
        scope=" ".join(word for word in fields["scope"].split() if word in SCOPES),
        state=state,
        nonce=fields.get("nonce"),
        max_age=None if max_age is None else timedelta(seconds=int(max_age)),
        must_ask="login" in prompts or "select_account" in prompts,
        may_not_ask="none" in prompts,
    )


def _fault(fields: Mapping[str, str]) -> tuple[str, str] | None:
    prompts = fields.get("prompt", "").split()
    tests = (
        (fields.get("response_type") != "code", "unsupported_response_type", "Only response_type=code is served."),
        ("request" in fields, "request_not_supported", "Write the parameters out; request objects are not read."),
        ("request_uri" in fields, "request_uri_not_supported", "Write the parameters out."),
        (
            fields.get("code_challenge_method") != "S256" or not _CHALLENGE.fullmatch(fields.get("code_challenge", "")),
            "invalid_request",
            "Send code_challenge with code_challenge_method=S256.",
        ),
        ("openid" not in fields.get("scope", "").split(), "invalid_scope", "The scope must hold openid."),
        (fields.get("response_mode", "query") != "query", "invalid_request", "Only response_mode=query is served."),
        (_is_too_long(fields), "invalid_request", f"state and nonce have at most {LONGEST} characters."),
        ("none" in prompts and len(prompts) > 1, "invalid_request", "prompt=none stands alone."),
        (
            re.fullmatch(r"[0-9]{1,9}", fields.get("max_age", "0")) is None,
            "invalid_request",
            "max_age is a number of seconds.",
        ),
    )
    return next(((error, description) for is_so, error, description in tests if is_so), None)


def _is_too_long(fields: Mapping[str, str]) -> bool:
    return max(len(fields.get("state", "")), len(fields.get("nonce", ""))) > LONGEST
