"""An assignment in plain words, for the clinician who comes by a link, most of them on a telephone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from typing import Final

from portal.api.views.own_file import Fault, Heard, OwnFileView, own_file_view, written_day
from portal.app.queries.links import OwnPage, StatusPage
from portal.domain.own_steps import OwnStep, others_steps, own_steps
from shared.contracts.assignments import State
from shared.contracts.terms import Terms

_STANDING = {
    State.OFFERED: "Your offer is waiting for your answer.",
    State.ACCEPTED: "You accepted the offer. The client has not confirmed it yet.",
    State.CONFIRMED: "The client confirmed your assignment.",
    State.ONBOARDING: "The client confirmed your assignment. We are getting you ready to start.",
    State.CLEARED: "You are cleared to start.",
    State.ACTIVE: "You have started.",
    State.COMPLETED: "This assignment is completed.",
    State.DECLINED: "This offer was declined.",
    State.FELL_OFF: "This assignment will not take place.",
    State.NO_SHOW: "This assignment was ended because the first shift was missed.",
    State.TERMINATED: "This assignment was ended.",
}
_FILE: Final = "credentialing"
SKILLS: Final = "COMP-SKILLS"
"""The item that is filled in on a page of its own."""
_NOT_YET = frozenset({State.OFFERED, State.ACCEPTED, State.CONFIRMED, State.ONBOARDING, State.CLEARED})


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnView:
    """What the template shows of one assignment, all of it as text.

    `file` is what credentialing says; None where it was not asked or has none, and `trouble` where it says nothing:
    the steps then tell what the portal heard of it last.
    """

    href: str
    place: str
    standing: str
    is_over: bool
    facts: Sequence[tuple[str, str]]
    steps: Sequence[tuple[str, str | None, bool]]
    """Each: the sentence, by when, and whether something was refused."""
    others: Sequence[str]
    first_day: Sequence[str]
    file: OwnFileView | None
    trouble: str | None
    fault: Fault | None


def own_view(page: OwnPage, *, links: str, heard: Heard | None = None, fault: Fault | None = None) -> OwnView:
    """The assignment as text; `fault` is what is wrong with a file that was just sent."""
    found, state = page.assignment, State(page.assignment.state)
    place = page.facility.name if page.facility else "Your assignment"
    href = f"{links}/own/{found.assignment_id}"
    filled_at = {SKILLS: f"{href}/skills"}
    file = own_file_view(heard, today=page.today, fault=fault, filled_at=filled_at) if heard else None
    told = [one for name, each in page.blockers.items() if file is None or name != _FILE for one in each]
    return OwnView(
        href=href,
        place=place,
        standing=_STANDING[state],
        is_over=not found.is_open,
        facts=tuple(_facts(page)),
        steps=tuple(_step(step) for step in own_steps(told)),
        others=(*others_steps(told), *((file.others,) if file and file.others else ())),
        first_day=_first_day(page) if state in _NOT_YET else (),
        file=file,
        trouble=heard.trouble if heard else None,
        fault=file.fault if file else fault,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Light:
    """How far one department is; `status` is None until it said so."""

    department: str
    status: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusView:
    """What the template shows somebody who follows the assignment."""

    place: str
    state: str
    facts: Sequence[tuple[str, str]]
    lights: Sequence[Light]
    steps: Sequence[str]


def status_view(page: StatusPage) -> StatusView:
    """The assignment as text, without the clinician's name and without money."""
    found = page.assignment
    departments = ("credentialing", "payroll", "housing", "timekeeping")
    days = (("Start", found.started_on or found.start_date), ("Expected ready", found.expected_ready_on))
    return StatusView(
        place=page.facility.name if page.facility else found.assignment_id,
        state=found.state,
        facts=tuple((name, written_day(day)) for name, day in days if day),
        lights=tuple(Light(department=name, status=getattr(found, name)) for name in departments),
        steps=page.steps,
    )


def _facts(page: OwnPage) -> list[tuple[str, str]]:
    found, terms, facility = page.assignment, page.terms, page.facility
    facts = []
    if found.start_date:
        facts.append(("Start", written_day(found.started_on or found.start_date)))
    if found.end_date:
        facts.append(("Last day", written_day(found.end_date)))
    if facility:
        address = facility.address
        facts.append(("Address", f"{address.street}, {address.city}, {address.state} {address.zip}"))
    if terms:
        facts += [("Unit", terms.unit), ("Shifts", _shifts(terms))]
    return facts


def _shifts(terms: Terms) -> str:
    pattern = terms.shift_pattern
    night = " the next day" if pattern.ends_at <= pattern.starts_at else ""
    days = f", on {', '.join(day.value.capitalize() for day in pattern.weekdays)}" if pattern.weekdays else ""
    times = f"{_clock(pattern.starts_at)} to {_clock(pattern.ends_at)}{night}"
    return f"{pattern.shifts_per_week} a week, {times}{days}"


def _first_day(page: OwnPage) -> tuple[str, ...]:
    """What holds for every first day, with this assignment's own facts where they are known."""
    terms, facility, found = page.terms, page.facility, page.assignment
    steps = []
    if terms and facility and found.start_date:
        begins = _clock(terms.shift_pattern.starts_at)
        clock = f"Shifts begin at {begins}, by the clock in {facility.address.city}."
        steps.append(f"Your first day is {written_day(found.start_date)}. {clock}")
    if facility and facility.orientation_days:
        days = facility.orientation_days
        steps.append(f"{'The first day is' if days == 1 else f'The first {days} days are'} orientation, and paid.")
    return (
        *steps,
        "Bring a photo ID and the originals of what you sent us.",
        "Register at the time clock when you arrive: your hours count from there.",
        "If you cannot come, tell your coordinator before the shift begins.",
    )


def _step(step: OwnStep) -> tuple[str, str | None, bool]:
    return step.text, written_day(step.due) if step.due else None, step.is_refused


def _clock(at: time) -> str:
    return f"{at:%H:%M}"
