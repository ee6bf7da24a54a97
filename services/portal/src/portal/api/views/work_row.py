"""The rows of the queue, made fast: 200 of them are drawn at once, and most of their words repeat.

Every text of a row is escaped for HTML here, where one that stands in many rows is escaped once; `work/_rows.html`
writes them as they are.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from html import escape
from typing import Any, NamedTuple
from urllib.parse import urlencode

from portal.api.pages.people import hue_of, initials_of
from portal.api.views import written
from portal.api.views.item_words import (
    department_words,
    due_words,
    money_words,
    next_action,
    owner_name,
    reasons_of,
    start_words,
    waits_words,
    why_here,
)
from portal.app.queries.queue import QueuePage
from portal.domain.holding import TASKS, does
from portal.domain.listed import Listed
from portal.domain.queue_filter import DUE, MONEY, START, Asking, QueueFilter
from portal.domain.rank import MONEY as BY_MONEY
from portal.domain.rank import START as BY_START
from portal.domain.words import DEPARTMENTS, STATUSES, kind_words

KEPT = 4096
"""Of how many items the words are kept: most of those that people look at, and a few megabytes."""


class Owner(NamedTuple):
    """Who does it: the name, what is shown of it, and the initials in their colour."""

    name: str
    shown: str
    initials: str
    hue: int


class ItemRow(NamedTuple):
    """One item of the queue, its texts escaped. `heading` begins a group.

    `money` is None where it is masked, empty where none is told; `query` is the list's filter, in which `href` ends.
    """

    heading: str
    id: str
    href: str
    query: str
    what: str
    department: str
    department_code: str
    remark: str
    who: str
    assignment_id: str
    where: str
    start: str
    start_title: str
    blocks: str
    blocks_tone: str
    due: str
    due_tone: str
    due_iso: str
    why: str
    owner: Owner | None
    money: str | None
    next: tuple[str, str] | None
    may_take: bool
    may_finish: bool
    may_snooze: bool
    version: int


def rows_of(page: QueuePage, wanted: QueueFilter) -> Iterator[ItemRow]:
    """The rows with the headings of their groups."""
    words = _Words(page=page, query=escape(urlencode(wanted.pairs())))
    before = ""
    for found in page.found.rows:
        heading = _group(found, wanted, page.asking)
        yield words.row(found, heading="" if heading == before else heading)
        before = heading


class _Still(NamedTuple):
    """What the words of a row are made of that stay the same while its item and its assignment do; no names.

    It begins like `Listed`.
    """

    kind: str
    department: str
    skill: str
    assignment_id: str | None
    start_date: date | None
    due_at: datetime
    rank_at: datetime
    rank_reasons: Any
    money_at_stake_cents: int | None
    actions: Any
    is_open: bool
    risk: str | None
    zone: str
    sees_money: bool


STILL = len(_Still._fields) - 3
"""The fields that it takes from the item."""


class _Said(NamedTuple):
    """The words that are made of it, escaped."""

    what: str
    department: str
    department_code: str
    assignment_id: str
    blocks: str
    blocks_tone: str
    due_iso: str
    why: str
    money: str | None
    next: tuple[str, str] | None


@dataclass(slots=True)
class _Words:
    """Makes rows, and remembers what several of them say: people, places, days."""

    page: QueuePage
    query: str
    owners: dict[str, Owner] = field(default_factory=dict)
    places: dict[tuple[str | None, str | None], str] = field(default_factory=dict)
    starts: dict[date | None, tuple[str, str]] = field(default_factory=dict)

    def row(self, found: Listed, *, heading: str) -> ItemRow:
        """One row."""
        asking, item_id, is_open = self.page.asking, escape(found.work_item_id), found.is_open
        near = self.page.beside.assignments.get(found.assignment_id or "")
        zone = (near["time_zone"] if near else None) or asking.time_zone
        risk = near["risk"] if near else None
        still = _Still._make((*found[:STILL], risk, zone, asking.sees_money))
        said = _said(still)
        owner_id, clinician_id = found.owner_id, found.clinician_id
        due, due_tone = due_words(found, zone=zone, now=asking.now)
        fits = is_open and does(asking.worker, found)
        return ItemRow(
            heading,
            item_id,
            f"/work/{item_id}?{self.query}" if self.query else f"/work/{item_id}",
            self.query,
            escape(found.title) if found.title else said.what,
            said.department,
            said.department_code,
            self._remark(found, zone) if found.snoozed_until or not is_open else "",
            escape(written.clinician(self.page.beside.names, clinician_id)) if clinician_id else "",
            said.assignment_id,
            self._where(found.facility_id, near["unit"] if near else None),
            *self._start(still.start_date),
            said.blocks,
            said.blocks_tone,
            due,
            due_tone,
            said.due_iso,
            said.why,
            self._owner(owner_id) if owner_id else None,
            said.money,
            said.next,
            fits and owner_id is None,
            fits and still.department == TASKS,
            is_open and (owner_id in (None, asking.worker.person_id) or asking.worker.is_coordinator),
            found.version,
        )

    def _remark(self, found: Any, zone: str) -> str:
        waits = waits_words(found, zone=zone, now=self.page.asking.now)
        return (f" · waits {escape(waits)}" if waits else "") + ("" if found.is_open else " · closed")

    def _where(self, facility_id: str | None, unit: str | None) -> str:
        known = self.places.get((facility_id, unit))
        if known is None:
            place = written.place(self.page.beside.names, facility_id) if facility_id else ""
            known = escape(f"{place} · {unit}" if place and unit else place)
            self.places[facility_id, unit] = known
        return known

    def _start(self, day: date | None) -> tuple[str, str]:
        known = self.starts.get(day)
        if known is None:
            known = start_words(day, self.page.asking), written.day(day) if day else ""
            self.starts[day] = known
        return known

    def _owner(self, person_id: str) -> Owner:
        known = self.owners.get(person_id)
        if known is None:
            name = owner_name(self.page.beside.names, person_id)
            is_me = person_id == self.page.asking.worker.person_id
            known = self.owners[person_id] = _owner_of(name, is_me=is_me)
        return known


def _owner_of(name: str, *, is_me: bool) -> Owner:
    return Owner(
        name=escape(name), shown="You" if is_me else escape(name), initials=escape(initials_of(name)), hue=hue_of(name)
    )


@lru_cache(maxsize=KEPT)
def _said(still: _Still) -> _Said:
    blocks, blocks_tone = _blocks(still)
    money = money_words(still, sees_money=still.sees_money)
    command = next_action(still)
    return _Said(
        what=escape(kind_words(still.kind)),
        department=escape(department_words(still)),
        department_code=escape(still.department),
        assignment_id=escape(still.assignment_id or ""),
        blocks=escape(blocks),
        blocks_tone=blocks_tone,
        due_iso=still.due_at.isoformat(),
        why=escape(why_here(still, zone=still.zone, sees_money=still.sees_money)),
        money=money,
        next=(escape(command.text), escape(command.href)) if command else None,
    )


def _blocks(still: _Still) -> tuple[str, str]:
    """What waits for it: a department that it holds up, else the start if that is not safe."""
    stalled = next((one for one in reasons_of(still) if one.code not in (BY_START, BY_MONEY)), None)
    if stalled:
        tone = "bad" if stalled.fact == "blocked" else "warn"
        return f"{DEPARTMENTS.get(still.department, still.department)} {STATUSES[stalled.fact].lower()}", tone
    if still.risk in ("at_risk", "late", "blocked") and still.start_date:
        return f"Start {written.risk(still.risk).lower()}", written.RISK_TONES[still.risk]
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
