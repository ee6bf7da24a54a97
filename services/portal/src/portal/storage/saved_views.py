"""Saved views: whose they are says who sees them, so that no other reach applies."""

from collections.abc import Mapping, Sequence

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from portal.domain.saved_view import SavedView
from portal.storage.tables import saved_view
from shared.db.documents import Documents

MOST_SHOWN = 100


def _columns(value: SavedView) -> Mapping[str, object]:
    return {"view_id": value.view_id, "owner_id": value.owner_id, "page": value.page, "team": value.team}


_views = Documents(saved_view, SavedView, _columns, noun="view")
save, to_read, to_change = _views.save, _views.to_read, _views.to_change


async def of_owner(session: AsyncSession, owner_id: str) -> Sequence[SavedView]:
    """All that one person keeps, locked for a change, in the order in which they were made."""
    return await _views.find(session, saved_view.c.owner_id == owner_id, limit=MOST_SHOWN, lock=True)


async def shown_to(session: AsyncSession, person_id: str, *, team: str | None, page: str) -> Sequence[SavedView]:
    """A list's views that the person keeps or their team shares, in the order in which they were made."""
    found = [*await _views.where(session, saved_view.c.owner_id, value=person_id)]
    if team is not None:
        found += await _views.where(session, saved_view.c.team, value=team)
    each = {view.view_id: view for view in found if view.page == page}
    return [each[view_id] for view_id in sorted(each)][:MOST_SHOWN]


async def drop(session: AsyncSession, view_id: str) -> None:
    """Forgets a view for good."""
    await session.execute(delete(saved_view).where(saved_view.c.view_id == view_id))


async def forget(session: AsyncSession, owner_id: str) -> None:
    """Forgets all that a person keeps, what their team shares of it, too."""
    await session.execute(delete(saved_view).where(saved_view.c.owner_id == owner_id))
