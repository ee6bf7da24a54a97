"""Saved views as pages show them."""

from collections.abc import Sequence

from portal.domain.saved_view import SavedView
from portal.storage import people, saved_views
from shared.db.work import Work


async def views_of(work: Work, page: str) -> Sequence[SavedView]:
    """The views of a page that whoever looks keeps, and those of their team."""
    person_id = work.principal.subject
    team = await people.team_of(work, person_id)
    return await saved_views.shown_to(work.session, person_id, team=team, page=page)
