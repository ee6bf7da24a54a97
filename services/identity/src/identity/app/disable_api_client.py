"""An administrator shuts an API client out for good."""

from dataclasses import dataclass

from identity.app.withdraw_access import withdraw_access
from identity.domain.api_client import ApiClient, disable
from identity.storage import api_clients
from identity.storage.real_time import real_now
from shared.db.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class DisableApiClient:
    """Which client, and why."""

    client_id: str
    reason: str


async def disable_api_client(work: Work, command: DisableApiClient) -> ApiClient:
    """The client, whose tokens are refused from now on. Raises ClientDisabled, NotFound, VersionMismatch."""
    client = await api_clients.to_change(work.session, command.client_id, expected_version=work.seen_version)
    saved = await api_clients.save(work.session, disable(client, await real_now(work.session)))
    await withdraw_access(work, saved.client_id, reason="client_disabled")
    work.audit("api_clients.disable", object_id=saved.client_id, reason=command.reason)
    return saved
