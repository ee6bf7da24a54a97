"""Bodies about API clients."""

from datetime import date, datetime
from ipaddress import ip_network
from typing import Annotated, Any, Self

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from identity.api.schemas.words import PERSON, Name, shown
from identity.app.queries import ClientView
from identity.domain.api_client import LONGEST_SECRET_DAYS, ApiClient, ClientKind, ClientSecret, Scope
from shared.http.bodies import RequestBody, ResponseBody

_SECRET: dict[str, Any] = {
    "secret_id": "sec_01m8095ps8e00rc1kcn27y03zs",
    "issued_at": "2026-01-05T15:00:00Z",
    "expires_at": "2026-04-05T15:00:00Z",
    "revoked_at": None,
}
_WHAT: dict[str, Any] = {
    "name": "Applicant tracking",
    "kind": "recruiter_system",
    "scopes": ["recruiting"],
    "sources": ["ats"],
    "networks": ["203.0.113.0/24"],
}
_CLIENT: dict[str, Any] = {
    "client_id": "apc_01m8095ps8e00rc1kcn27y03zc",
    **_WHAT,
    "is_active": True,
    "registered_by": PERSON,
    "registered_at": "2026-01-05T15:00:00Z",
    "disabled_at": None,
    "last_used_on": "2026-01-06",
    "secrets": [_SECRET],
}
_LINE = ("client_id", "name", "kind", "is_active", "last_used_on")


def _network(given: str) -> str:
    try:
        return str(ip_network(given))
    except ValueError:
        message = "Write a network in CIDR form without host bits, such as 203.0.113.0/24."
        raise PydanticCustomError("not_a_network", message) from None


Network = Annotated[str, Field(max_length=49), AfterValidator(_network)]
Source = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")]
Days = Annotated[int, Field(ge=1, le=LONGEST_SECRET_DAYS)]


class ClientIn(RequestBody):
    """What the client is and may do; `networks` are the ones it may sign in from, any when none is named."""

    model_config = shown({**_WHAT, "secret_expires_in_days": 90})

    name: Name
    kind: ClientKind
    scopes: Annotated[tuple[Scope, ...], Field(max_length=10)]
    sources: Annotated[tuple[Source, ...], Field(max_length=20)] = ()
    networks: Annotated[tuple[Network, ...], Field(max_length=20)] = ()
    secret_expires_in_days: Days = 90


class SecretIn(RequestBody):
    """How long the new secret lasts."""

    model_config = shown({"secret_expires_in_days": 90})

    secret_expires_in_days: Days = 90


class SecretOut(ResponseBody):
    """A secret as it can be shown later: never its text."""

    secret_id: str
    issued_at: datetime
    expires_at: datetime
    revoked_at: datetime | None

    @classmethod
    def of(cls, secret: ClientSecret) -> Self:
        """The secret without anything that proves it."""
        return cls.model_validate(secret)


class ClientOut(ResponseBody):
    """A client; its version is the ETag."""

    model_config = shown(_CLIENT)

    client_id: str
    name: str
    kind: ClientKind
    scopes: tuple[Scope, ...]
    sources: tuple[str, ...]
    networks: tuple[str, ...]
    is_active: bool
    registered_by: str
    registered_at: datetime
    disabled_at: datetime | None
    last_used_on: date | None
    secrets: tuple[SecretOut, ...]

    @classmethod
    def of(cls, view: ClientView) -> Self:
        """The client as it is shown."""
        return cls.model_validate({**_fields(view.client), "last_used_on": view.last_used_on})


class NewSecretOut(ClientOut):
    """A client with a new secret, the last in `secrets`. Its text is answered once and kept nowhere.

    A repeated command answers without it.
    """

    model_config = shown({**_CLIENT, "secret": "fs_live_…"})

    secret: str | None = None


class ClientLine(ResponseBody):
    """A client in a list."""

    model_config = shown({name: _CLIENT[name] for name in _LINE})

    client_id: str
    name: str
    kind: ClientKind
    is_active: bool
    last_used_on: date | None


def _fields(client: ApiClient) -> dict[str, Any]:
    names = [name for name in ClientOut.model_fields if name not in ("last_used_on", "secrets")]
    return {
        **{name: getattr(client, name) for name in names},
        "secrets": tuple(SecretOut.of(secret) for secret in client.secrets),
    }
