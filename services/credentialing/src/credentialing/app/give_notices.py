"""Days pass, and what runs out is reminded of step by step."""

from datetime import UTC

from credentialing.domain.expirables.expirable import give
from credentialing.storage import expirables
from shared.db.work import Work

AT_MOST = 200


async def give_notices(work: Work) -> int:
    """Gives every step that is due, each once, of at most 200 expirables; returns how many of them.

    The day is that of UTC: a reminder of days belongs to no facility's clock.
    """
    today = work.now.astimezone(UTC).date()
    due = await expirables.due(work.session, today, limit=AT_MOST)
    for one in due:
        given = give(one, today)
        await expirables.save(work.session, given.expirable)
        await expirables.note(work.session, one.expirable_id, expires_on=one.expires_on, given=given.notices, on=today)
    return len(due)
