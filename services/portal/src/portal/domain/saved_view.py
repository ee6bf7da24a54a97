"""Saved views: what somebody filters a list by, under a name, for themselves or for their team."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from portal.domain.errors import NotYourView, TooManyViews, ViewInvalid
from shared.errors import Finding

PAGES: Final = frozenset({"work", "assignments", "board", "funnel", "clinicians", "facilities"})
"""The lists whose filters can be kept: each is the first part of its address."""

MOST_VIEWS = 30
"""Views of one person; beyond it nobody finds one."""

LONGEST_NAME = 40
MOST_FILTERS = 20
LONGEST_VALUE = 100
NOT_KEPT: Final = frozenset({"cursor", "limit", "format", "ids"})
"""Parts of an address that say which page of the list is shown, not which list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedView:
    """A list's filters as pairs of name and value, in the order of the address. `team`: whose it is besides."""

    view_id: str
    owner_id: str
    page: str
    name: str
    filters: tuple[tuple[str, str], ...]
    team: str | None = None
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewDraft:
    """A view as somebody keeps it. `is_for_team`: for everybody of their team, of which `team` is the name."""

    page: str
    name: str
    filters: tuple[tuple[str, str], ...]
    is_for_team: bool = False
    team: str | None = None


def kept(draft: ViewDraft, own: Sequence[SavedView], *, view_id: str, owner_id: str) -> SavedView:
    """The view to save: a new one, or the one of that name on that page with other filters.

    `own` are the views that its keeper has. Raises ViewInvalid and TooManyViews.
    """
    findings = tuple(_faults(draft))
    if findings:
        raise ViewInvalid(findings=findings)
    team = draft.team if draft.is_for_team else None
    filters = tuple((name, value) for name, value in draft.filters if name not in NOT_KEPT and value)
    name = draft.name.strip()
    before = next((view for view in own if (view.page, view.name.lower()) == (draft.page, name.lower())), None)
    if before:
        return replace(before, name=name, filters=filters, team=team)
    if len(own) >= MOST_VIEWS:
        raise TooManyViews(most=MOST_VIEWS)
    return SavedView(view_id=view_id, owner_id=owner_id, page=draft.page, name=name, filters=filters, team=team)


def require_droppable(view: SavedView, *, by: str, is_lead: bool) -> None:
    """Raises NotYourView, unless it is one's own; a lead drops any team's."""
    if view.owner_id != by and not (is_lead and view.team is not None):
        raise NotYourView


def _faults(draft: ViewDraft) -> Iterator[Finding]:
    name = draft.name.strip()
    if not name:
        yield Finding(pointer="/name", code="name_missing", message="Give the view a name.")
    if len(name) > LONGEST_NAME:
        message = f"Keep the name within {LONGEST_NAME} characters."
        yield Finding(pointer="/name", code="name_too_long", message=message)
    if draft.page not in PAGES:
        yield Finding(pointer="/page", code="unknown_page", message="This list's filters cannot be kept.")
    if draft.is_for_team and draft.team is None:
        message = "You are of no team; keep the view for yourself."
        yield Finding(pointer="/is_for_team", code="no_team", message=message)
    is_long = any(len(part) > LONGEST_VALUE for pair in draft.filters for part in pair)
    if is_long or len(draft.filters) > MOST_FILTERS:
        yield Finding(pointer="/filters", code="filters_too_long", message="Use fewer or shorter filters.")
