"""An administrator gives an API client a second secret, so that it can change over without a pause."""

from dataclasses import dataclass

from identity.domain.api_client import ApiClient, issue_secret, secret_of
from identity.storage import api_clients
from identity.storage.real_time import real_now
from shared.db.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueClientSecret:
    """Whose secret, its digest, and how many days it lasts."""

    client_id: str
    digest: str
    secret_days: int


async def issue_client_secret(work: Work, command: IssueClientSecret) -> ApiClient:
    """The client with the new secret last. Raises what `issue_secret` raises, NotFound, VersionMismatch."""
    client = await api_clients.to_change(work.session, command.client_id, expected_version=work.seen_version)
    now = await real_now(work.session)
    secret = secret_of(work.new_id("sec"), digest=command.digest, days=command.secret_days, now=now)
    work.audit("api_clients.issue_secret", object_id=client.client_id, details={"secret_id": secret.secret_id})
    return await api_clients.save(work.session, issue_secret(client, secret, now=now))
