"""Somebody without an account comes in by a link."""

from identity.clients.secret_texts import secret_hash
from identity.domain.link import access_by, used
from identity.domain.oauth import Denied, Granted, TokenRequest
from identity.storage import links
from identity.storage.real_time import real_now
from shared.db.work import Work

INVALID_LINK = Denied(error="invalid_grant", description="This link lets nobody in, or not any more.")


async def exchange_link(work: Work, asked: TokenRequest) -> Granted | Denied:
    """What whoever holds the link may do for five minutes; unknown, expired, used up and revoked are denied alike."""
    link = await links.to_use(work.session, secret_hash(asked.field("link")))
    after = used(link, await real_now(work.session)) if link else None
    if after is None:
        return INVALID_LINK
    saved = await links.save(work.session, after)
    work.audit("links.use", object_id=saved.link_id, details={"uses_left": saved.uses_left, "purpose": saved.purpose})
    return Granted(access=access_by(saved))
