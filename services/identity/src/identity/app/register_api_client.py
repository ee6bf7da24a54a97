"""An administrator registers another system, which gets its first secret."""

from dataclasses import dataclass

from identity.domain.acting import person_behind
from identity.domain.api_client import (
    ApiClient,
    ClientKind,
    Scope,
    issue_secret,
    registration_findings,
    secret_of,
)
from identity.storage import api_clients
from identity.storage.real_time import real_now
from shared.db.work import Work
from shared.errors import Invalid


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterApiClient:
    """What the client is, what it may do and from where; the digest of its first secret, and how long that lasts."""

    name: str
    kind: ClientKind
    scopes: tuple[Scope, ...]
    sources: tuple[str, ...]
    networks: tuple[str, ...]
    digest: str
    secret_days: int


async def register_api_client(work: Work, command: RegisterApiClient) -> ApiClient:
    """The client as it is kept. Raises Invalid with every finding."""
    findings = registration_findings(command.kind, command.scopes, sources=command.sources, networks=command.networks)
    if findings:
        raise Invalid(findings=findings)
    now = await real_now(work.session)
    client = ApiClient(
        client_id=work.new_id("apc"),
        name=command.name,
        kind=command.kind,
        scopes=command.scopes,
        sources=command.sources,
        networks=command.networks,
        registered_by=person_behind(work.principal),
        registered_at=now,
    )
    secret = secret_of(work.new_id("sec"), digest=command.digest, days=command.secret_days, now=now)
    work.audit("api_clients.register", object_id=client.client_id, details={"kind": client.kind})
    return await api_clients.save(work.session, issue_secret(client, secret, now=now))
