"""The views of one list as a page: to open, to drop, and to keep one more."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from portal.domain.saved_view import PAGES, SavedView
from shared.errors import Refused
from shared.ids import new_uuid

TITLES = {
    "work": "My work",
    "assignments": "Assignments",
    "board": "Start board",
    "funnel": "Funnel",
    "clinicians": "Clinicians",
    "facilities": "Facilities",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewLine:
    """One kept view: where it leads, what it asks, whose it is, and whether whoever looks may drop it."""

    id: str
    name: str
    href: str
    filters: str
    whose: str
    is_mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewsView:
    """The page. `filters` is in words what would be kept, `query` the same as a part of an address."""

    title: str
    page: str
    back: str
    lines: tuple[ViewLine, ...]
    query: str
    filters: str
    typed: Mapping[str, str]
    errors: Mapping[str, str]
    trouble: str
    key: str


def views_view(
    views: Sequence[SavedView],
    page: str,
    *,
    query: str,
    typed: Mapping[str, str],
    refusal: Refused | None,
    me: str,
) -> ViewsView:
    """The page in words; a list whose filters cannot be kept is shown as that of one's own work."""
    page = page if page in PAGES else "work"
    errors = {one.pointer.lstrip("/"): one.message for one in refusal.findings} if refusal else {}
    return ViewsView(
        title=TITLES[page],
        page=page,
        back=f"/{page}",
        lines=tuple(_line(view, me) for view in views),
        query=query,
        filters=_words(parse_qsl(query)),
        typed=typed,
        errors=errors,
        trouble=str(refusal) if refusal and not errors else "",
        key=str(new_uuid()),
    )


def list_address(page: str, filters: Iterable[tuple[str, str]]) -> str:
    """The address of a list by these filters."""
    query = urlencode(tuple(filters))
    return f"/{page}?{query}" if query else f"/{page}"


def _line(view: SavedView, me: str) -> ViewLine:
    return ViewLine(
        id=view.view_id,
        name=view.name,
        href=list_address(view.page, view.filters),
        filters=_words(view.filters),
        whose=f"Team {view.team}" if view.team else "Yours",
        is_mine=view.owner_id == me,
    )


def _words(filters: Sequence[tuple[str, str]]) -> str:
    return ", ".join(f"{name.replace('_', ' ')}: {value.replace('_', ' ')}" for name, value in filters)
