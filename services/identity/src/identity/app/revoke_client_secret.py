"""An administrator ends one secret of an API client: it was replaced, or somebody else may know it."""

from dataclasses import dataclass

from identity.app.withdraw_access import withdraw_access
from identity.domain.api_client import ApiClient, revoke_secret
from identity.storage import api_clients
from identity.storage.real_time import real_now
from shared.db.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeClientSecret:
    """Which secret of which client, and why."""

    client_id: str
    secret_id: str
    reason: str


async def revoke_client_secret(work: Work, command: RevokeClientSecret) -> ApiClient:
    """The client as it is left. Raises SecretRevoked, NotFound, VersionMismatch.

    Nobody can tell which secret a token was had by, so all of the client's are refused: with its other secret it gets
    a new one at once.
    """
    client = await api_clients.to_change(work.session, command.client_id, expected_version=work.seen_version)
    revoked = revoke_secret(client, command.secret_id, now=await real_now(work.session))
    saved = await api_clients.save(work.session, revoked)
    await withdraw_access(work, saved.client_id, reason="secret_revoked")
    work.audit(
        "api_clients.revoke_secret",
        object_id=saved.client_id,
        reason=command.reason,
        details={"secret_id": command.secret_id},
    )
    return saved
