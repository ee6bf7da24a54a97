"""Somebody looks at a page, or looks at it no more."""

from collections.abc import Collection

from portal.domain.presence import Presence
from portal.storage import presence
from shared.db.work import Work


async def be_present(work: Work, *, here: Collection[Presence], gone: Collection[Presence] = ()) -> None:
    """Renews who is here and forgets who has gone. Whoever looks at the same pages hears of it when it commits."""
    if here:
        await presence.renew(work.session, here)
    if gone:
        await presence.leave(work.session, gone)
