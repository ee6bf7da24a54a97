"""An item of the queue in words: when it is due and why it stands where it stands, what it is worth, what comes next.

Every function takes an item as a value or as its row was selected: both have the same names.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from portal.api.views import written
from portal.api.views.actions import do_href
from portal.domain.holding import TASKS, WAKING_EVENTS
from portal.domain.queue_filter import Asking
from portal.domain.rank import MONEY, START, Reason
from portal.domain.words import DEPARTMENTS, STATUSES, kind_words

SOON = timedelta(hours=24)
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """When it is due: in short with a tone, and whole with its zone."""

    text: str
    tone: str
    title: str
    iso: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NextAction:
    """What completes it: the words on the button, and the page that does it."""

    text: str
    href: str


def owner_name(names: Mapping[str, str], person_id: str) -> str:
    """The person's name; of somebody who was erased, or has not arrived, what tells one from another."""
    return names.get(person_id) or f"Person …{person_id[-6:]}"


def department_words(found: Any) -> str:
    """The department whose work it is; a task names the one that it is for."""
    if found.department != TASKS:
        return DEPARTMENTS.get(found.department, kind_words(found.department))
    return f"Task · {kind_words(found.skill.removesuffix('_specialist'))}"


def money_words(found: Any, *, sees_money: bool) -> str | None:
    """What is at stake in whole dollars; empty where nothing is told, None where it is not shown."""
    if not sees_money:
        return None
    return written.dollars(found.money_at_stake_cents) if found.money_at_stake_cents else ""


def start_words(day: Any, asking: Asking) -> str:
    """How far the start is, by the days of who looks: "in 5 days", "tomorrow", "3 days late"."""
    if day is None:
        return ""
    days = (day - asking.now.astimezone(_zone(asking.time_zone)).date()).days
    near = {0: "today", 1: "tomorrow", -1: "1 day late"}
    return near.get(days) or (f"in {days} days" if days > 0 else f"{-days} days late")


def due_of(found: Any, *, zone: str, now: datetime) -> Due:
    """When it is due by the facility's clock."""
    text, tone = due_words(found, zone=zone, now=now)
    return Due(text=text, tone=tone, title=f"Due {absolute(found.due_at, zone)}", iso=found.due_at.isoformat())


def due_words(found: Any, *, zone: str, now: datetime) -> tuple[str, str]:
    """When it is due in short by the facility's clock, with a tone."""
    due_at: datetime = found.due_at
    if not found.is_open:
        return written.day(due_at.astimezone(_zone(zone)).date(), today=now.date()), "muted"
    if due_at < now:
        return f"{span(now - due_at)} late", "bad"
    return moment(due_at, zone=zone, now=now), "warn" if due_at - now < SOON else "good"


def moment(at: datetime, *, zone: str, now: datetime) -> str:
    """An instant in short by a clock: "today 16:00", "Thu 16:00" within a week, else the day."""
    here, today = at.astimezone(_zone(zone)), _day_at(now, zone)
    days = (here.date() - today).days
    clock = f"{here.hour:02}:{here.minute:02}"
    if days in (-1, 0, 1):
        return f"{('yesterday', 'today', 'tomorrow')[days + 1]} {clock}"
    return f"{here:%a} {clock}" if 0 < days < 7 else f"{written.day(here.date(), today=today)}, {clock}"


def absolute(at: datetime, zone: str) -> str:
    """The whole instant with its zone: "Thu 8 Jan 2026, 16:00 CST"."""
    return at.astimezone(_zone(zone)).strftime("%a %-d %b %Y, %H:%M %Z")


def span(length: timedelta) -> str:
    """A stretch of time in its largest unit, rounded down: "5 min", "3 h", "2 d"."""
    minutes = length // MINUTE
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 48 * 60 else f"{minutes // (24 * 60)} d"


def reasons_of(found: Any) -> tuple[Reason, ...]:
    """Why the item counts as due before it is, as stored or as a value."""
    kept = found.rank_reasons
    return tuple(Reason(**one) for one in json.loads(kept)) if isinstance(kept, str) else kept


def reason_words(reason: Reason, department: str, *, sees_money: bool) -> str:
    """One reason in words; the amount only for those who see it."""
    if reason.code == START:
        return f"needed before the start on {written.day(date.fromisoformat(reason.fact))}"
    if reason.code == MONEY:
        return f"{written.dollars(int(reason.fact))} at stake" if sees_money else "money at stake"
    status = STATUSES.get(reason.fact, reason.fact).lower()
    return f"holds up {DEPARTMENTS.get(department, department)}, which is {status}"


def why_here(found: Any, *, zone: str, sees_money: bool) -> str:
    """Why it stands where it stands, in one sentence."""
    due = f"Due {absolute(found.due_at, zone)}."
    reasons = reasons_of(found)
    if not reasons:
        return due
    said = "; ".join(reason_words(one, found.department, sees_money=sees_money) for one in reasons)
    return f"{due} Counts as due {absolute(found.rank_at, zone)}: {said}."


def waits_words(found: Any, *, zone: str, now: datetime) -> str:
    """Until when it waits, and for what; empty while it does not."""
    if found.snoozed_until is None or found.snoozed_until <= now:
        return ""
    until = f"until {moment(found.snoozed_until, zone=zone, now=now)}"
    return f"{until}, or until {WAKING_EVENTS[found.snoozed_for]}" if found.snoozed_for in WAKING_EVENTS else until


def next_action(found: Any) -> NextAction | None:
    """The first command that completes the item; None for tasks, which are ticked off, and what is closed."""
    if not found.is_open or found.assignment_id is None:
        return None
    kept = found.actions
    actions = json.loads(kept) if isinstance(kept, str) else [_plain(one) for one in kept]
    for one in actions:
        if one["method"] != "GET":
            href = do_href(found.assignment_id, found.department, path=one["path"], method=one["method"])
            return NextAction(text=kind_words(one["name"].replace("-", "_")), href=href)
    return None


def _plain(action: Any) -> dict[str, str]:
    return {"name": action.name, "method": action.method, "path": action.path}


@lru_cache(maxsize=64)
def _day_at(now: datetime, zone: str) -> date:
    """Asked for every row of a page, with one `now`."""
    return now.astimezone(_zone(zone)).date()


@lru_cache(maxsize=256)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)
