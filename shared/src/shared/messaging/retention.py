"""What the backbone may forget, and when.

The inbox must outlive Kafka's retention, the longest parking and a restore (35 + 10 days); positions are kept for ever,
so that a late duplicate still dies. Settled parked events are kept for a year; unsettled ones for ever.
"""

from datetime import timedelta

from sqlalchemy import delete, func

from shared.db.partitions import ensure_outbox_partitions
from shared.db.tables import inbox, parked_event
from shared.db.work import Work

INBOX = timedelta(days=45)
SETTLED = timedelta(days=365)


async def keep_house(work: Work) -> int:
    """Deletes what is past its retention and makes the outbox's coming months; 0: once a turn is enough."""
    await work.session.execute(delete(inbox).where(inbox.c.received_at < func.now() - INBOX))
    await work.session.execute(delete(parked_event).where(parked_event.c.settled_at < func.now() - SETTLED))
    await ensure_outbox_partitions(work.session)
    return 0
