"""Whoever runs the machine gets the secret by which its command line signs in as an operator."""

from dataclasses import dataclass

from identity.domain.api_client import (
    LONGEST_SECRET_DAYS,
    MACHINE_OPERATOR,
    ApiClient,
    ClientKind,
    Scope,
    only_with,
    secret_of,
)
from identity.storage import api_clients
from identity.storage.real_time import real_now
from shared.db.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class RenewMachineOperator:
    """The digest of the secret that takes the place of any before."""

    digest: str


async def renew_machine_operator(work: Work, command: RenewMachineOperator) -> ApiClient:
    """The machine's one operator client with this secret alone; registered on first use, and anew once disabled."""
    await api_clients.hold_machine_operator(work.session)
    now = await real_now(work.session)
    known = await api_clients.active_named(work.session, MACHINE_OPERATOR, kind=ClientKind.SERVICE_OPERATOR)
    client = known or ApiClient(
        client_id=work.new_id("apc"),
        name=MACHINE_OPERATOR,
        kind=ClientKind.SERVICE_OPERATOR,
        scopes=(Scope.OPERATIONS,),
        sources=(),
        networks=(),
        registered_by=work.principal.subject,
        registered_at=now,
    )
    secret = secret_of(work.new_id("sec"), digest=command.digest, days=LONGEST_SECRET_DAYS, now=now)
    action = "api_clients.issue_secret" if known else "api_clients.register"
    work.audit(action, object_id=client.client_id, details={"secret_id": secret.secret_id, "by": "machine"})
    return await api_clients.save(work.session, only_with(client, secret))
