"""Days pass, and who was asked outside is reminded, or not waited for any longer."""

from datetime import UTC

from credentialing.domain.outside.request import moved
from credentialing.storage import outside_requests
from shared.db.work import Work

AT_MOST = 200


async def remind_outside(work: Work) -> int:
    """Takes every step that is due, each once, of at most 200 requests; returns how many of them."""
    today = work.now.astimezone(UTC).date()
    due = await outside_requests.due(work.session, today, limit=AT_MOST)
    for one in due:
        await outside_requests.save(work.session, moved(one, today))
    return len(due)
