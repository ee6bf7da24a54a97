"""What sources sent by themselves, each kept once."""

from sqlalchemy import exists, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from credentialing.domain.sources.vendor_event import VendorEvent
from credentialing.storage.tables import vendor_event


async def keep(session: AsyncSession, event: VendorEvent, *, effect: str) -> bool:
    """Notes the event and what it did; False when it was noted before.

    A repetition that comes at the same moment waits for the first to end.
    """
    row = {
        "source": event.source,
        "event_id": event.event_id,
        "kind": event.kind,
        "reference": event.reference,
        "effect": effect,
    }
    kept = await session.scalar(
        insert(vendor_event).values(row).on_conflict_do_nothing().returning(vendor_event.c.event_id)
    )
    return kept is not None


async def came_too_early(session: AsyncSession, source: str, *, reference: str) -> bool:
    """Whether the source spoke of its work before the question knew under which reference it does it."""
    unmatched = exists().where(
        vendor_event.c.source == source, vendor_event.c.reference == reference, vendor_event.c.effect == "unmatched"
    )
    return bool(await session.scalar(select(unmatched)))
