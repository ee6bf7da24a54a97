"""Somebody without an account comes in by a link, and stays for a while."""

from datetime import datetime

from identity.domain.link import Link, access_by, is_visit, used
from identity.domain.oauth import Denied, Granted, TokenRequest
from identity.storage import links
from identity.storage.real_time import real_now
from shared.access.secret_texts import new_secret_text, secret_hash
from shared.db.work import Work

INVALID_LINK = Denied(error="invalid_grant", description="This link lets nobody in, or not any more.")


async def exchange_link(work: Work, asked: TokenRequest) -> Granted | Denied:
    """What whoever holds the link may do for five minutes; unknown, expired, used up and revoked are denied alike.

    The first exchange costs a use and gives, as refresh token, the secret of the visit; with that in the field
    `visit`, the same link gives the next tokens for nothing.
    """
    link = await links.to_use(work.session, secret_hash(asked.field("link")))
    now = await real_now(work.session)
    if link is None:
        return INVALID_LINK
    if visit := asked.field("visit"):
        is_going_on = is_visit(link, now, visit=secret_hash(visit))
        return Granted(access=access_by(link)) if is_going_on else INVALID_LINK
    return await _let_in(work, link, now)


async def _let_in(work: Work, link: Link, now: datetime) -> Granted | Denied:
    visit = new_secret_text()
    after = used(link, now, visit=secret_hash(visit))
    if after is None:
        return INVALID_LINK
    saved = await links.save(work.session, after)
    work.audit("links.use", object_id=saved.link_id, details={"uses_left": saved.uses_left, "purpose": saved.purpose})
    return Granted(access=access_by(saved), refresh_token=visit)
