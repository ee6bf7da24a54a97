"""Which items of the queue somebody wants to see: every filter stands in the address, under its field's name."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from portal.domain.holding import SPECIALIST_OF, TASKS, Worker

ME, NOBODY, ANYONE = "me", "nobody", "anyone"
OVERDUE, TODAY, WEEK = "overdue", "today", "week"
RANK, DUE, MONEY, START = "rank", "due", "money", "start"
ANY = "any"
YES = "yes"
ENDANGERED = "endangered"
"""A risk that is any of at risk, late and blocked."""

DEPARTMENTS = (*SPECIALIST_OF, TASKS)
DUES = (OVERDUE, TODAY, WEEK)
SORTS = (RANK, DUE, MONEY, START)
LONGEST: Final = 100
"""Characters of one filter's value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueFilter:
    """Empty asks nothing, but for `owner`: empty is what is mine or nobody's, as far as it is my department's work.

    `owner` besides: me, nobody, anyone, or a person's id. `department`: a name, or "any". `due` counts days of the
    zone in which it is asked; `week` is the next seven days. `snoozed` and `done`: "yes" shows those instead.
    """

    owner: str = ""
    department: str = ""
    kind: str = ""
    facility: str = ""
    client: str = ""
    state: str = ""
    skill: str = ""
    clinician: str = ""
    assignment: str = ""
    due: str = ""
    risk: str = ""
    snoozed: str = ""
    done: str = ""
    q: str = ""
    sort: str = ""

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """What is asked, in the order of the fields: what an address or a saved view holds."""
        return tuple((name, value) for name in NAMES if (value := getattr(self, name)))

    def but(self, **changed: str) -> "QueueFilter":
        """The same with some filters changed; an empty one is taken away."""
        return replace(self, **changed)

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the order is asked."""
        return bool(self.but(sort="").pairs())


NAMES: Final = tuple(field.name for field in fields(QueueFilter))


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """Who asks for the queue and when: what the words me, mine, today and this week mean."""

    worker: Worker
    now: datetime
    time_zone: str
    sees_money: bool = True
    sees_contacts: bool = True

    @property
    def today_ends(self) -> datetime:
        """The instant at which the day is over."""
        return self._midnight(days=1)

    @property
    def week_ends(self) -> datetime:
        """The instant at which the next seven days, today first, are over."""
        return self._midnight(days=7)

    def _midnight(self, *, days: int) -> datetime:
        here = self.now.astimezone(ZoneInfo(self.time_zone))
        return here.replace(hour=0, minute=0, second=0, microsecond=0, fold=0) + timedelta(days=days)


@dataclass(frozen=True, slots=True, kw_only=True)
class DefaultView:
    """A view that everybody of a role has without keeping it."""

    name: str
    wanted: QueueFilter
    about: str


def default_views(worker: Worker) -> tuple[DefaultView, ...]:
    """The views to begin with, the usual one first: a specialist's are of their department, a coordinator's of all."""
    everyone = "Everyone's" if worker.is_coordinator else "Department's"
    return (
        DefaultView(name="Mine and nobody's", wanted=QueueFilter(), about="What you can do next"),
        DefaultView(name="Mine", wanted=QueueFilter(owner=ME), about="What you do"),
        DefaultView(name="Nobody's", wanted=QueueFilter(owner=NOBODY), about="What waits for somebody to take it"),
        DefaultView(name=everyone, wanted=QueueFilter(owner=ANYONE), about="Whoever does it"),
        DefaultView(name="Overdue", wanted=QueueFilter(owner=ANYONE, due=OVERDUE), about="Past its due time"),
        DefaultView(
            name="Starts at risk", wanted=QueueFilter(owner=ANYONE, risk=ENDANGERED), about="At risk, late or blocked"
        ),
        DefaultView(
            name="Snoozed", wanted=QueueFilter(owner=ME, snoozed=YES), about="What you let wait until a day or an event"
        ),
    )


def departments_of(wanted: QueueFilter, worker: Worker) -> frozenset[str] | None:
    """The departments whose work is shown: as asked, else the worker's own; None: every one's."""
    if wanted.department and wanted.department != ANY:
        return frozenset({wanted.department})
    if wanted.department == ANY or worker.is_coordinator:
        return None
    return worker.departments or None


def read_filter(asked: Mapping[str, str]) -> QueueFilter:
    """The filter of these names and values; what is not known, or too long, is left out."""
    known = {name: value.strip() for name, value in _known(asked)}
    return QueueFilter(**known)


def _known(asked: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    allowed = {"department": (*DEPARTMENTS, ANY), "due": DUES, "sort": SORTS, "snoozed": (YES,), "done": (YES,)}
    for name, value in asked.items():
        if name in NAMES and len(value) <= LONGEST and value.strip() in allowed.get(name, (value.strip(),)):
            yield name, value
