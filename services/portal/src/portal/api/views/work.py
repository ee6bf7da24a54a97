"""The queue as its template shows it: rows in words, with the tones of their states and the addresses they lead to."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from portal.api.asked import address
from portal.api.views import written
from portal.api.views.item_words import (
    Due,
    NextAction,
    department_words,
    due_of,
    money_words,
    next_action,
    owner_name,
    reasons_of,
    start_words,
    waits_words,
    why_here,
)
from portal.app.queries.queue import COUNTED, Beside, CountedViews, QueuePage
from portal.domain.holding import TASKS, does
from portal.domain.queue_filter import DUE, MONEY, RANK, START, Asking, QueueFilter, read_filter
from portal.domain.rank import MONEY as BY_MONEY
from portal.domain.rank import START as BY_START
from portal.domain.words import DEPARTMENTS, STATUSES, kind_words
from shared.ids import new_uuid

PATH = "/work"
FILES = (("csv", "CSV"), ("xlsx", "Excel"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRow:
    """One item of the queue. `heading` begins a group; `money` is None where it is masked, empty where none is told."""

    id: str
    href: str
    what: str
    department: str
    department_code: str
    who: str
    assignment_href: str | None
    where: str
    start: str
    start_title: str
    blocks: str
    blocks_tone: str
    due: Due
    why: str
    owner: str | None
    is_mine: bool
    waits: str
    money: str | None
    next: NextAction | None
    is_task: bool
    is_open: bool
    may_take: bool
    may_finish: bool
    may_snooze: bool
    key: str
    label: str
    heading: str = ""


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

    rows: tuple[ItemRow, ...]
    query: str
    here: str
    search: str
    hidden: tuple[tuple[str, str], ...]
    filters_href: str
    export: tuple[tuple[str, str], ...]
    everything: str
    may_assign: bool
    next_href: str | None
    is_first: bool
    sorts: tuple[tuple[str, str, bool], ...]
    applied: tuple[tuple[str, str, str], ...]
    empty: tuple[str, str, str, tuple[str, str] | None]


def list_view(page: QueuePage, wanted: QueueFilter, *, is_first: bool) -> ListView:
    """The page in words and addresses."""
    query = urlencode(wanted.pairs())
    after = page.found.next_cursor
    return ListView(
        rows=tuple(rows_of(page, wanted)),
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
        is_first=is_first,
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


def rows_of(page: QueuePage, wanted: QueueFilter) -> Iterator[ItemRow]:
    """The rows with the headings of their groups."""
    query = urlencode(wanted.pairs())
    heading = ""
    for found in page.found.rows:
        row = item_row(found, page.beside, asking=page.asking, query=query, heading=_group(found, wanted, page.asking))
        is_same, heading = row.heading == heading, row.heading
        yield replace(row, heading="") if is_same else row


def item_row(found: Any, beside: Beside, *, asking: Asking, query: str = "", heading: str = "") -> ItemRow:
    """One row, of an item as a value or as it was selected."""
    near = beside.assignments.get(found.assignment_id or "")
    zone = (near.time_zone if near else None) or asking.time_zone
    names, is_mine = beside.names, found.owner_id == asking.worker.person_id
    what = found.title or kind_words(found.kind)
    who = written.clinician(names, found.clinician_id) if found.clinician_id else ""
    blocks, blocks_tone = _blocks(found, near)
    return ItemRow(
        id=found.work_item_id,
        href=f"{PATH}/{found.work_item_id}?{query}" if query else f"{PATH}/{found.work_item_id}",
        what=what,
        department=department_words(found),
        department_code=found.department,
        who=who,
        assignment_href=f"/assignments/{found.assignment_id}" if found.assignment_id else None,
        where=_where(found, near, names=names),
        start=start_words(found.start_date, asking),
        start_title=written.day(found.start_date) if found.start_date else "",
        blocks=blocks,
        blocks_tone=blocks_tone,
        due=due_of(found, zone=zone, now=asking.now),
        why=why_here(found, zone=zone, sees_money=asking.sees_money),
        owner=owner_name(names, found.owner_id) if found.owner_id else None,
        is_mine=is_mine,
        waits=waits_words(found, zone=zone, now=asking.now),
        money=money_words(found, asking),
        next=next_action(found),
        is_task=found.department == TASKS,
        is_open=found.is_open,
        may_take=found.is_open and found.owner_id is None and does(asking.worker, found),
        may_finish=found.is_open and found.department == TASKS and does(asking.worker, found),
        may_snooze=found.is_open and (is_mine or asking.worker.is_coordinator or found.owner_id is None),
        key=f"{found.work_item_id}.{found.version}",
        label=f"{what}, {who}" if who else what,
        heading=heading,
    )


def _where(found: Any, near: Any, *, names: Mapping[str, str]) -> str:
    place = written.place(names, found.facility_id) if found.facility_id else ""
    unit = near.unit if near else None
    return f"{place} · {unit}" if place and unit else place


def _blocks(found: Any, near: Any) -> tuple[str, str]:
    """What waits for it: a department that it holds up, else the start if that is not safe."""
    stalled = next((one for one in reasons_of(found) if one.code not in (BY_START, BY_MONEY)), None)
    if stalled:
        tone = "bad" if stalled.fact == "blocked" else "warn"
        return f"{DEPARTMENTS.get(found.department, found.department)} {STATUSES[stalled.fact].lower()}", tone
    if near is not None and near.risk in ("at_risk", "late", "blocked") and found.start_date:
        return f"Start {written.risk(near.risk).lower()}", written.RISK_TONES[near.risk]
    return "", "neutral"


def _group(found: Any, wanted: QueueFilter, asking: Asking) -> str:
    """The heading of a row where the list is in the order of time; rank counts when it counts as due."""
    if wanted.done or wanted.sort in (MONEY, START):
        return ""
    at = found.due_at if wanted.sort == DUE else found.rank_at
    if at <= asking.now:
        return "Overdue" if wanted.sort == DUE else "Now"
    if at < asking.today_ends:
        return "Today"
    return "Within a week" if at < asking.week_ends else "Later"


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
