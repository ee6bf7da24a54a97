"""Somebody takes a link back, and with it whatever it was exchanged for."""

from dataclasses import dataclass

from identity.app.withdraw_access import withdraw_access
from identity.domain.link import Link, revoke
from identity.storage import links
from identity.storage.real_time import real_now
from shared.db.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeLink:
    """Which link, and why."""

    link_id: str
    reason: str


async def revoke_link(work: Work, command: RevokeLink) -> Link:
    """The link, which lets nobody in any more. Raises LinkOver, NotFound, VersionMismatch."""
    link = await links.to_change(work.session, command.link_id, expected_version=work.seen_version)
    saved = await links.save(work.session, revoke(link, await real_now(work.session)))
    await withdraw_access(work, saved.link_id, reason="link_revoked")
    work.audit("links.revoke", object_id=saved.link_id, reason=command.reason)
    return saved
