"""A lead or an administrator takes a grant back before its time."""

from dataclasses import dataclass

from identity.domain.acting import person_behind
from identity.domain.grant import Grant, revoke, revoked_event
from identity.storage import grants
from identity.storage.real_time import real_now
from shared.access.withdrawals import take_back
from shared.db.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeGrant:
    """Which grant, and why."""

    grant_id: str
    reason: str


async def revoke_grant(work: Work, command: RevokeGrant) -> Grant:
    """The grant as it ended. Raises GrantOver, NotFound, VersionMismatch."""
    grant = await grants.to_change(work.session, command.grant_id, expected_version=work.seen_version)
    now = await real_now(work.session)
    ended = revoke(grant, revoked_by=person_behind(work.principal), reason=command.reason, now=now)
    saved = await grants.save(work.session, ended)
    await take_back(work, revoked_event(saved), version=saved.version)
    work.audit("grants.revoke", object_id=saved.grant_id, reason=command.reason)
    return saved
