"""The four lights of an assignment, beside its lifecycle: what each department says of the present terms.

Clearance gates the start, so only credentialing can make it late; the other three warn.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from assignments.domain.assignment import Assignment, Changed, published
from assignments.domain.lifecycle import ENDED
from shared.contracts.assignments import AssignmentReady, State
from shared.contracts.catalogue import DEPARTMENTS
from shared.contracts.workstreams import Blocker, Status, WorkstreamChanged

GATE = "credentialing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Light:
    """One department's answer; `is_awaited` (and open) while it has not answered the present terms."""

    department: str
    is_awaited: bool = True
    status: Status = Status.OPEN
    done: int = 0
    total: int = 0
    expected_ready_on: date | None = None
    blockers: tuple[Blocker, ...] = ()

    @property
    def is_ready(self) -> bool:
        """Whether the department is done with the present terms."""
        return self.status is Status.READY


AWAITED = tuple(Light(department=name) for name in DEPARTMENTS)
"""Nobody has answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """The lights for one version of the terms, always four, in the order of the departments.

    `version` counts saved changes.
    """

    assignment_id: str
    terms_version: int
    lights: tuple[Light, ...] = AWAITED
    version: int = 0

    @property
    def is_ready(self) -> bool:
        """Whether all four are."""
        return all(light.is_ready for light in self.lights)

    @property
    def expected_ready_on(self) -> date | None:
        """The latest of their days; None until each has answered and named a day or is ready."""
        days = [light.expected_ready_on for light in self.lights if not _is_silent(light)]
        known = [day for day in days if day is not None]
        return max(known, default=None) if len(days) == len(self.lights) else None


class Outlook(StrEnum):
    """How likely the start is."""

    ON_TIME = "on_time"
    AT_RISK = "at_risk"
    LATE = "late"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """The outlook for the start, and how many days after it the last known date lies (zero when it does not)."""

    outlook: Outlook
    days_late: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentBlocker:
    """A blocker, and the department that named it."""

    department: str
    blocker: Blocker


def all_awaited(assignment: Assignment) -> Readiness:
    """The lights of a new assignment: nobody was asked before."""
    return Readiness(assignment_id=assignment.assignment_id, terms_version=assignment.terms.version)


def expect(readiness: Readiness, *, terms_version: int) -> Readiness:
    """All four awaited again once the terms are newer than those the lights answer."""
    if terms_version <= readiness.terms_version:
        return readiness
    return replace(readiness, terms_version=terms_version, lights=AWAITED)


def fold(readiness: Readiness, *, department: str, answer: WorkstreamChanged) -> Readiness:
    """The lights after a department's answer; one about other terms than the present ones changes nothing."""
    if answer.terms_version != readiness.terms_version:
        return readiness
    light = Light(
        department=department,
        is_awaited=False,
        status=answer.status,
        done=answer.done,
        total=answer.total,
        expected_ready_on=answer.expected_ready_on,
        blockers=answer.blockers,
    )
    return replace(
        readiness,
        lights=tuple(light if one.department == department else one for one in readiness.lights),
    )


def announce_ready(assignment: Assignment, readiness: Readiness) -> Changed:
    """Announces, once for each version of the terms, that all four are ready; otherwise nothing changes."""
    version = assignment.terms.version
    is_news = readiness.is_ready and readiness.terms_version == version > assignment.ready_for
    if not is_news or assignment.state in ENDED | {State.OFFERED}:
        return Changed(assignment=assignment)
    return published(
        replace(assignment, ready_for=version),
        AssignmentReady(assignment_id=assignment.assignment_id, terms_version=version, state=assignment.state),
    )


def forecast(readiness: Readiness, *, start_date: date, today: date) -> Forecast:
    """What the lights mean for the start.

    Late: clearance is expected after the start, or still missing when the start has passed. At risk: another
    department expects to be ready after the start, or any says that it is blocked or at risk. Unknown:
    somebody has not answered, or names no day. A light that is not ready is ready today at the earliest.
    Ready or closed lights delay nothing.
    """
    open_lights = [light for light in readiness.lights if light.status not in (Status.READY, Status.CLOSED)]
    days_late = max((_days_late(one, start=start_date, today=today) for one in open_lights), default=0)
    gates_late = any(_days_late(one, start=start_date, today=today) for one in open_lights if one.department == GATE)
    if gates_late:
        return Forecast(outlook=Outlook.LATE, days_late=days_late)
    if days_late or any(light.status in (Status.BLOCKED, Status.AT_RISK) for light in open_lights):
        return Forecast(outlook=Outlook.AT_RISK, days_late=days_late)
    if any(_is_silent(light) for light in open_lights):
        return Forecast(outlook=Outlook.UNKNOWN)
    return Forecast(outlook=Outlook.ON_TIME)


def blockers(readiness: Readiness) -> tuple[DepartmentBlocker, ...]:
    """Every blocker of the present terms, the one due first in front, those without a day last."""
    named = [
        DepartmentBlocker(department=light.department, blocker=blocker)
        for light in readiness.lights
        for blocker in light.blockers
    ]
    return tuple(sorted(named, key=lambda one: _urgency(one.blocker)))


def on_critical_path(readiness: Readiness) -> DepartmentBlocker | None:
    """The blocker to lift first: the most urgent one of the light that keeps the assignment waiting longest.

    A blocked light waits longest, then one that names no day, then the one with the latest day; among equals
    the order of the departments decides. None when no open light names a blocker.
    """
    waiting = [light for light in readiness.lights if light.blockers and not light.is_ready]
    if not waiting:
        return None
    longest = max(
        waiting,
        key=lambda light: (light.status is Status.BLOCKED, light.expected_ready_on or date.max),
    )
    return DepartmentBlocker(department=longest.department, blocker=min(longest.blockers, key=_urgency))


def _is_silent(light: Light) -> bool:
    return light.is_awaited or (not light.is_ready and light.expected_ready_on is None)


def _days_late(light: Light, *, start: date, today: date) -> int:
    expected = max(light.expected_ready_on or today, today)
    return max((expected - start).days, 0)


def _urgency(blocker: Blocker) -> tuple[date, datetime]:
    return blocker.due or date.max, blocker.since
