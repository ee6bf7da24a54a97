"""A saved view that nobody needs any more."""

from portal.domain.saved_view import SavedView, require_droppable
from portal.storage import people, saved_views
from shared.db.work import Work
from shared.errors import NotFound

LEAD = "lead"


async def drop_view(work: Work, view_id: str) -> SavedView:
    """The view as it was. Raises NotYourView, and NotFound also for one that is not shown to whoever asks."""
    view = await saved_views.to_change(work.session, view_id)
    by = work.principal.subject
    is_shown = view.owner_id == by or (view.team is not None and view.team == await people.team_of(work, by))
    is_lead = LEAD in work.principal.roles
    if not is_shown and not (is_lead and view.team is not None):
        raise NotFound(what="view", id=view_id)
    require_droppable(view, by=by, is_lead=is_lead)
    await saved_views.drop(work.session, view_id)
    return view
