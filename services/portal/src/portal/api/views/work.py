"""The queue as its template shows it: rows in words, with the tones of their states and the addresses they lead to."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from markupsafe import Markup

from portal.api.pages.asked import address
from portal.api.views.work_row import rows_of
from portal.api.views.work_row_markup import drawn
from portal.app.queries.queue import COUNTED, Beside, CountedViews, QueuePage
from portal.domain.queue_filter import DUE, MONEY, RANK, START, Asking, QueueFilter, read_filter
from portal.domain.words import DEPARTMENTS, kind_words
from shared.ids import new_uuid

PATH = "/work"
FILES = (("csv", "CSV"), ("xlsx", "Excel"))


@dataclass(frozen=True, slots=True, kw_only=True)
class TabsView:
    """The views as tabs: text, address, whether it is the one shown, and how much it shows in words, where counted.

    `is_kept`: what is shown is a view already, so that there is nothing to keep.
    """

    items: tuple[tuple[str, str, bool, str], ...]
    query: str
    is_counted: bool
    is_kept: bool
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListView:
    """One page of the queue. `query` is what is asked, as a part of addresses; `here` the address of its first page."""

    rows: Markup
    shown: int
    query: str
    here: str
    search: str
    hidden: tuple[tuple[str, str], ...]
    filters_href: str
    export: tuple[tuple[str, str], ...]
    everything: str
    may_assign: bool
    previous_href: str | None
    next_href: str | None
    sorts: tuple[tuple[str, str, bool], ...]
    applied: tuple[tuple[str, str, str], ...]
    empty: tuple[str, str, str, tuple[str, str] | None]


def list_view(page: QueuePage, wanted: QueueFilter, *, is_first: bool) -> ListView:
    """The page in words and addresses."""
    query = urlencode(wanted.pairs())
    after, before = page.found.next_cursor, page.found.previous_cursor
    return ListView(
        rows=drawn(rows_of(page, wanted)),
        shown=len(page.found.rows),
        query=query,
        here=address(PATH, **dict(wanted.pairs())),
        search=wanted.q,
        hidden=wanted.but(q="").pairs(),
        filters_href=f"{PATH}/filters?{query}",
        export=tuple(
            (text, address(PATH, **dict(wanted.pairs()), format=code))
            for code, text in (("csv", "CSV"), ("xlsx", "Excel"))
        ),
        everything="All that match, also on further pages" if after else "",
        may_assign=page.asking.worker.is_coordinator,
        next_href=address(PATH, **dict(wanted.pairs()), cursor=after) if after else None,
        previous_href=address(PATH, **dict(wanted.pairs()), cursor=before) if before else None,
        sorts=tuple(_sorts(wanted, page.asking)),
        applied=tuple(_applied(wanted, page.beside)),
        empty=_empty(wanted, is_first=is_first),
    )


def tabs_view(views: CountedViews, wanted: QueueFilter) -> TabsView:
    """The views as tabs, the usual ones first."""
    shown = wanted.but(sort="").pairs()
    usual = [(view.name, view.wanted.pairs(), count) for view, count in views.usual]
    kept = [(view.name, read_filter(dict(view.filters)).pairs(), count) for view, count in views.kept]
    items = [
        (name, address(PATH, **dict(pairs)), _same(pairs, shown), _counted(count))
        for name, pairs, count in (*usual, *kept)
    ]
    return TabsView(
        items=tuple(items),
        query=urlencode(wanted.pairs()),
        is_counted=any(count is not None for *_, count in (*usual, *kept)),
        is_kept=any(is_shown for _, _, is_shown, _ in items),
        key=str(new_uuid()),
    )


def _same(pairs: Iterable[tuple[str, str]], shown: Iterable[tuple[str, str]]) -> bool:
    return sorted(pair for pair in pairs if pair[0] != "sort") == sorted(shown)


def _counted(count: int | None) -> str:
    if count is None:
        return ""
    return f"{COUNTED}+" if count >= COUNTED else str(count)


def _sorts(wanted: QueueFilter, asking: Asking) -> Iterator[tuple[str, str, bool]]:
    words = {RANK: "Rank", DUE: "Due", MONEY: "At stake", START: "Start"}
    for sort, text in words.items():
        if sort != MONEY or asking.sees_money:
            there = wanted.but(sort="" if sort == RANK else sort)
            yield text, address(PATH, **dict(there.pairs())), (wanted.sort or RANK) == sort


def _applied(wanted: QueueFilter, beside: Beside) -> Iterator[tuple[str, str, str]]:
    """Each filter in words, with the address without it."""
    for name, value in wanted.pairs():
        if name != "sort":
            yield *filter_words(name, value, beside.names), address(PATH, **dict(wanted.but(**{name: ""}).pairs()))


def filter_words(name: str, value: str, names: Mapping[str, str]) -> tuple[str, str]:
    """A filter's name and value in words."""
    known = _VALUES.get(name, {}).get(value)
    return _FILTERS[name], known or names.get(value) or kind_words(value)


def _empty(wanted: QueueFilter, *, is_first: bool) -> tuple[str, str, str, tuple[str, str] | None]:
    if not is_first:
        return "all_done", "That was all", "There is nothing after the page before.", ("Back to the first page", PATH)
    if wanted.is_narrowed and not wanted.but(owner="", department="", sort="").pairs():
        text = "Everything that fits this view is done or waits for something."
        return "all_done", "Nothing to do here", text, ("Mine and nobody's", PATH)
    if wanted.is_narrowed:
        return "filtered_out", "Nothing fits these filters", "Take one away to see more.", ("Clear all filters", PATH)
    return "all_done", "All done", "Nothing waits for you. New work appears here by itself.", None


_FILTERS = {
    "owner": "Owner",
    "department": "Department",
    "kind": "Kind",
    "facility": "Facility",
    "client": "Client",
    "state": "State",
    "skill": "For",
    "clinician": "Clinician",
    "assignment": "Assignment",
    "due": "Due",
    "risk": "Risk",
    "snoozed": "Snoozed",
    "done": "Done",
    "q": "Search",
}
_VALUES = {
    "owner": {"me": "You", "nobody": "Nobody", "anyone": "Anyone"},
    "department": {**DEPARTMENTS, "any": "Any", "portal": "Tasks"},
    "due": {"overdue": "Overdue", "today": "Today", "week": "Within a week"},
    "risk": {"endangered": "At risk, late or blocked"},
    "snoozed": {"yes": "Only snoozed"},
    "done": {"yes": "Only done"},
}
