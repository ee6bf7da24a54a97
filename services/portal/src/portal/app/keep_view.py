"""Somebody keeps the filters of a list under a name."""

from dataclasses import dataclass

from portal.domain.saved_view import SavedView, ViewDraft, kept
from portal.storage import people, saved_views
from shared.db.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepView:
    """A name for these filters of a page."""

    page: str
    name: str
    filters: tuple[tuple[str, str], ...]
    is_for_team: bool = False


async def keep_view(work: Work, command: KeepView) -> SavedView:
    """The view; one's own of the same name is replaced. Raises ViewInvalid and TooManyViews."""
    owner_id = work.principal.subject
    draft = ViewDraft(
        page=command.page,
        name=command.name,
        filters=command.filters,
        is_for_team=command.is_for_team,
        team=await people.team_of(work, owner_id),
    )
    own = await saved_views.of_owner(work.session, owner_id)
    return await saved_views.save(work.session, kept(draft, own, view_id=work.new_id("viw"), owner_id=owner_id))
