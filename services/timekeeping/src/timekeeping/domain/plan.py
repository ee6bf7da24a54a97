"""Timekeeping's plan for one assignment: how it opens, and what is known of it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from shared.contracts.assignments import FacilityChanged, OfferAccepted, State
from shared.contracts.credentialing import ClearanceGranted, ClearanceRevoked
from shared.contracts.terms import Terms, Weekday
from timekeeping.domain.clearance import Clearances, granted, revoked
from timekeeping.domain.expected import ExpectedShift, expected_shifts
from timekeeping.domain.shift import Shift, ShiftState

NEVER_STARTED: Final = frozenset((State.DECLINED, State.FELL_OFF, State.NO_SHOW))


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A person at the facility, by the opaque reference of the contact and the name to show; no address."""

    reference: str
    display_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedVersion:
    """A version of the terms and the first day on which it makes a difference."""

    version: int
    effective_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The shifts of an assignment, and who takes down and approves its hours.

    `shifts` are in order of work dates. `pattern_from` is the first day of the present shift pattern; plans before it
    stand. `asked_on` is the day since which the present steps are asked for. `version` counts saved changes and is
    raised by storage alone.
    """

    plan_id: str
    assignment_id: str
    clinician_id: str
    client_id: str
    facility_id: str
    time_zone: str
    workweek_starts: Weekday
    terms: Terms
    terms_versions: tuple[DatedVersion, ...]
    assignment_state: State
    asked_on: date
    shifts: tuple[Shift, ...]
    pattern_from: date = date.min
    clock_registered_on: date | None = None
    approver: Contact | None = None
    backup_approver: Contact | None = None
    clearances: Clearances = ()
    ended_on: date | None = None
    version: int = 0

    @property
    def is_closed(self) -> bool:
        """Whether the assignment is over."""
        return self.ended_on is not None

    def shift(self, shift_id: str) -> Shift:
        """The shift with this id. Raises KeyError."""
        return {shift.shift_id: shift for shift in self.shifts}[shift_id]


def open_plan(offer: OfferAccepted, facility: FacilityChanged, *, new_id: Callable[[str], str], today: date) -> Plan:
    """The plan of an accepted offer: every shift expected, nothing registered yet; `today` is the facility's day."""
    terms = offer.terms
    return Plan(
        plan_id=new_id("pln"),
        assignment_id=offer.assignment_id,
        clinician_id=offer.clinician_id,
        client_id=offer.client_id,
        facility_id=facility.facility_id,
        time_zone=facility.time_zone,
        workweek_starts=facility.workweek_starts,
        terms=terms,
        terms_versions=(DatedVersion(version=terms.version, effective_on=terms.start_date),),
        assignment_state=offer.state,
        asked_on=today,
        shifts=tuple(planned_shift(shift, new_id("shf")) for shift in expected_shifts(terms, facility)),
    )


def planned_shift(expected: ExpectedShift, shift_id: str) -> Shift:
    """A shift that is expected and not yet recorded."""
    return Shift(shift_id=shift_id, work_date=expected.work_date, state=ShiftState.PLANNED, expected=expected)


def follow(plan: Plan, state: State) -> Plan:
    """The plan with the assignment's present state; a closed plan keeps the state it ended in."""
    return plan if plan.is_closed else replace(plan, assignment_state=state)


def follow_clearance(plan: Plan, decided: ClearanceGranted | ClearanceRevoked, *, at: datetime) -> Plan:
    """The plan with credentialing's decision, which holds from this instant.

    It counts whatever version of the terms it answers: what it covers is said by its last day. A decision that arrives
    late judges the shifts that were worked in between, too.
    """
    if isinstance(decided, ClearanceGranted):
        return _judged(replace(plan, clearances=granted(plan.clearances, decided.valid_through, at=at)))
    return _judged(replace(plan, clearances=revoked(plan.clearances, decided.reason, at=at)))


def _judged(plan: Plan) -> Plan:
    """The plan whose worked shifts say by the clearances known now whether they were cleared."""
    shifts = (
        replace(shift, uncleared=not is_cleared(plan, shift.work_date, starts_at=shift.worked.started_at))
        if shift.worked is not None
        else shift
        for shift in plan.shifts
    )
    return replace(plan, shifts=tuple(shifts))


def is_cleared(plan: Plan, work_date: date, *, starts_at: datetime) -> bool:
    """Whether a shift that begins then is worked with clearance."""
    return any(clearance.covers(work_date, starts_at) for clearance in plan.clearances)


def blocked_shifts(plan: Plan) -> tuple[Shift, ...]:
    """The planned shifts that a clearance once granted no longer covers: after its last day, or since it was revoked.

    Before the first clearance nothing is blocked: the assignment is only not cleared yet.
    """
    if not plan.clearances:
        return ()
    first = plan.clearances[0].granted_at
    return tuple(
        shift
        for shift in plan.shifts
        if shift.state is ShiftState.PLANNED
        and shift.expected is not None
        and shift.expected.starts_at >= first
        and not is_cleared(plan, shift.work_date, starts_at=shift.expected.starts_at)
    )


def planned(plan: Plan) -> tuple[ExpectedShift, ...]:
    """What is expected of every shift that is not void, recorded or not, in order of days."""
    return tuple(
        shift.expected for shift in plan.shifts if shift.expected is not None and shift.state is not ShiftState.VOID
    )


def terms_version_on(plan: Plan, day: date) -> int:
    """The version of the terms that holds for work on this day: the newest in effect, the first before any is."""
    in_effect = [dated for dated in plan.terms_versions if dated.effective_on <= day]
    return (in_effect or list(plan.terms_versions[:1]))[-1].version
