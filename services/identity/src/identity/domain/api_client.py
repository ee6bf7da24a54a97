"""API clients: other systems, and the operator's command line, that sign in with a secret of their own."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from identity.domain.access import Access
from identity.domain.access_errors import ClientDisabled, SecretRevoked, TooManySecrets
from identity.domain.roles import Role
from shared.errors import Finding, NotFound


class ClientKind(StrEnum):
    """What sort of system signs in."""

    RECRUITER_SYSTEM = "recruiter_system"
    VMS_VENDOR = "vms_vendor"
    SERVICE_OPERATOR = "service_operator"


class Scope(StrEnum):
    """What a client may be allowed to do; each stands for one role."""

    RECRUITING = "recruiting"
    OPERATIONS = "operations"


ROLE_OF: Final[Mapping[Scope, Role]] = {Scope.RECRUITING: Role.RECRUITER, Scope.OPERATIONS: Role.OPERATOR}

SCOPES_OF: Final[Mapping[ClientKind, frozenset[Scope]]] = {
    ClientKind.RECRUITER_SYSTEM: frozenset({Scope.RECRUITING}),
    ClientKind.VMS_VENDOR: frozenset(),  # their messages will come through integrations, which gives them a scope then
    ClientKind.SERVICE_OPERATOR: frozenset({Scope.OPERATIONS}),
}

BOUND_TO_SOURCES: Final = frozenset({ClientKind.RECRUITER_SYSTEM, ClientKind.VMS_VENDOR})
"""The kinds that speak for source systems, and are limited to them."""

MOST_LIVE_SECRETS: Final = 2
"""The one in use and its successor: a rotation never needs a moment without any."""

LONGEST_SECRET_DAYS: Final = 365

MACHINE_OPERATOR: Final = "The command line of this machine"
"""The name of the client that whoever runs the machine makes without an administrator."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientSecret:
    """One secret of a client. Only `digest`, the SHA-256 of its text as hexadecimal digits, is ever kept.

    All instants are real time: it does not end sooner because business time was moved.
    """

    secret_id: str
    digest: str
    issued_at: datetime
    expires_at: datetime
    revoked_at: datetime | None = None

    def is_live(self, now: datetime) -> bool:
        """Whether one can sign in with it at this instant; at its expiry no more."""
        return self.revoked_at is None and now < self.expires_at


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiClient:
    """Another system, what it may do and how it proves itself.

    `sources` are the source systems it speaks for; `networks` the ones (CIDR) it may sign in from, any when there are
    none. `version` counts saved changes and is raised by storage alone.
    """

    client_id: str
    name: str
    kind: ClientKind
    scopes: tuple[Scope, ...]
    sources: tuple[str, ...]
    networks: tuple[str, ...]
    registered_by: str
    registered_at: datetime
    secrets: tuple[ClientSecret, ...] = ()
    disabled_at: datetime | None = None
    version: int = 0

    @property
    def is_active(self) -> bool:
        """Whether it may sign in at all."""
        return self.disabled_at is None


def registration_findings(
    kind: ClientKind, scopes: Sequence[Scope], *, sources: Sequence[str], networks: Sequence[str]
) -> tuple[Finding, ...]:
    """Everything that is wrong with how a client was described; empty when nothing is."""
    lists = (("/scopes", scopes), ("/sources", sources), ("/networks", networks))
    repeated = (finding for pointer, given in lists for finding in _repeated(pointer, given))
    return (*_scope_findings(kind, scopes), *_source_findings(kind, sources), *repeated)


def secret_of(secret_id: str, *, digest: str, days: int, now: datetime) -> ClientSecret:
    """A secret that lasts so many days from now."""
    return ClientSecret(secret_id=secret_id, digest=digest, issued_at=now, expires_at=now + timedelta(days=days))


def issue_secret(client: ApiClient, secret: ClientSecret, *, now: datetime) -> ApiClient:
    """The client with one more secret; secrets that ended are forgotten.

    Raises ClientDisabled, and TooManySecrets when two are live: revoke the older one first.
    """
    _must_be_active(client)
    live = live_secrets(client, now)
    if len(live) >= MOST_LIVE_SECRETS:
        raise TooManySecrets(most=MOST_LIVE_SECRETS)
    return replace(client, secrets=(*live, secret))


def only_with(client: ApiClient, secret: ClientSecret) -> ApiClient:
    """The client with this secret in the place of all before: they were lost, or are about to end."""
    return replace(client, secrets=(secret,))


def revoke_secret(client: ApiClient, secret_id: str, *, now: datetime) -> ApiClient:
    """The client without the use of one secret. Raises NotFound, and SecretRevoked when it was revoked before."""
    known = next((secret for secret in client.secrets if secret.secret_id == secret_id), None)
    if known is None:
        raise NotFound(what="secret", id=secret_id)
    if known.revoked_at is not None:
        raise SecretRevoked
    revoked = replace(known, revoked_at=now)
    return replace(client, secrets=tuple(revoked if one is known else one for one in client.secrets))


def disable(client: ApiClient, now: datetime) -> ApiClient:
    """The client shut out for good, with all of its secrets. Raises ClientDisabled when it is already."""
    _must_be_active(client)
    return replace(client, disabled_at=now)


def live_secrets(client: ApiClient, now: datetime) -> tuple[ClientSecret, ...]:
    """The secrets that the client can sign in with now, oldest first; none once it is disabled."""
    return tuple(secret for secret in client.secrets if client.is_active and secret.is_live(now))


def granted_scopes(client: ApiClient, asked: Sequence[str]) -> tuple[Scope, ...] | None:
    """The scopes of a token: all of the client's when none is asked for; None when one asked for is not its own."""
    if not asked:
        return client.scopes
    mine = {scope.value: scope for scope in client.scopes}
    return tuple(mine[name] for name in asked) if mine.keys() >= set(asked) else None


def access_by(client: ApiClient, scopes: Sequence[Scope]) -> Access:
    """What the client may do with a token of these scopes, for its own sources alone."""
    return Access(
        subject=client.client_id,
        client_id=client.client_id,
        roles=tuple(ROLE_OF[scope].value for scope in scopes),
        scope=" ".join(scopes),
        sources=client.sources,
    )


def _must_be_active(client: ApiClient) -> None:
    if not client.is_active:
        raise ClientDisabled


def _scope_findings(kind: ClientKind, scopes: Sequence[Scope]) -> Iterator[Finding]:
    lawful = SCOPES_OF[kind]
    for index, scope in enumerate(scopes):
        if scope not in lawful:
            words = ", ".join(sorted(lawful)) or "none"
            message = f"A client of this kind may have: {words}."
            yield Finding(pointer=f"/scopes/{index}", code="scope_not_for_kind", message=message)
    if lawful and not scopes:
        message = f"Give what it may do: {', '.join(sorted(lawful))}."
        yield Finding(pointer="/scopes", code="missing", message=message)


def _source_findings(kind: ClientKind, sources: Sequence[str]) -> Iterator[Finding]:
    if kind in BOUND_TO_SOURCES and not sources:
        message = "Name the source systems it speaks for, at least one."
        yield Finding(pointer="/sources", code="missing", message=message)
    if kind not in BOUND_TO_SOURCES and sources:
        message = "A client of this kind speaks for no source system; leave it empty."
        yield Finding(pointer="/sources", code="sources_not_for_kind", message=message)


def _repeated(pointer: str, given: Sequence[str]) -> Iterator[Finding]:
    for index, one in enumerate(given):
        if one in given[:index]:
            yield Finding(pointer=f"{pointer}/{index}", code="repeated", message="Name each only once.")
