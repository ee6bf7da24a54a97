"""The way of an assignment as a closed table (field facts C1): which event leads where, and what must hold.

An event that stands in no row is an invalid transition, whatever its context. Then the guards of the row are
asked in the order of the table; the first that does not hold gives the reason. A fact that is missing holds
for nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from shared.contracts.assignments import State
from shared.periods import Period


class LifecycleEvent(StrEnum):
    """What can happen to an assignment on its way."""

    ACCEPT = "accept"
    DECLINE = "decline"
    CANCEL = "cancel"
    CONFIRM = "confirm"
    PUSH_START = "push_start"
    BEGIN_ONBOARDING = "begin_onboarding"
    CLEAR = "clear"
    START = "start"
    CREDENTIAL_LAPSE = "credential_lapse"
    NO_SHOW = "no_show"
    EXTEND = "extend"
    CHANGE_TERMS = "change_terms"
    END = "end"
    TERMINATE = "terminate"
    ADJUST_TIME = "adjust_time"


class Denial(StrEnum):
    """Why an event is not allowed."""

    INVALID_TRANSITION = "INVALID_TRANSITION"
    REASON_REQUIRED = "REASON_REQUIRED"
    TERMS_MISMATCH = "TERMS_MISMATCH"
    NOT_A_PUSH = "NOT_A_PUSH"
    CREDENTIALS_INCOMPLETE = "CREDENTIALS_INCOMPLETE"
    CREDENTIAL_EXPIRES_BEFORE_START = "CREDENTIAL_EXPIRES_BEFORE_START"
    TOO_EARLY = "TOO_EARLY"
    TIME_RECORDED = "TIME_RECORDED"
    NOT_AN_EXTENSION = "NOT_AN_EXTENSION"
    CLINICIAN_NOT_ACCEPTED = "CLINICIAN_NOT_ACCEPTED"
    CONFLICTING_PLACEMENT = "CONFLICTING_PLACEMENT"


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential:
    """One required credential: whether it is verified, and its last valid day (None: it stays valid)."""

    code: str
    verified: bool
    expires: date | None = None

    def expires_before(self, day: date) -> bool:
        """Whether it is no longer valid on this day; on its last day it still is."""
        return self.expires is not None and self.expires < day


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The facts an event brings; each event looks only at its own.

    `required_credentials` is None while nobody has said what is required. `matches_offer` is False when the
    client's confirmation was compared with the offer and differs. `clinician_accepted` is None when the
    clinician was not asked.
    """

    today: date | None = None
    start_date: date | None = None
    new_start: date | None = None
    end_date: date | None = None
    new_end: date | None = None
    reason: str | None = None
    matches_offer: bool | None = None
    clinician_accepted: bool | None = None
    time_recorded: bool = False
    required_credentials: tuple[Credential, ...] | None = None
    other_placements: tuple[Period, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """The event may happen and leads to this state."""

    to: State


@dataclass(frozen=True, slots=True, kw_only=True)
class Denied:
    """The event may not happen: the first thing that does not hold."""

    reason: Denial


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Where an event leads, what must hold, and where it leads instead when it outlives a credential."""

    to: State
    guards: tuple["Guard", ...] = ()
    when_credentials_expire: State | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """One condition, and the reason that is given when it does not hold."""

    holds: Callable[[Context], bool]
    denial: Denial


def _is_after(later: date | None, earlier: date | None) -> bool:
    return later is not None and earlier is not None and later > earlier


def _is_reached(day: date | None, today: date | None) -> bool:
    return day is not None and today is not None and day <= today


def _all_verified(context: Context) -> bool:
    required = context.required_credentials
    return required is not None and all(credential.verified for credential in required)


def _all_valid_on(day: date | None, context: Context) -> bool:
    required = context.required_credentials or ()
    return day is None or not any(credential.expires_before(day) for credential in required)


def _no_other_placement(context: Context) -> bool:
    assert context.end_date is not None and context.new_end is not None, "asked after NOT_AN_EXTENSION"
    added = Period.through(context.end_date + timedelta(days=1), context.new_end)
    return not any(added.overlaps(other) for other in context.other_placements)


HAS_REASON = Guard(holds=lambda c: bool(c.reason and c.reason.strip()), denial=Denial.REASON_REQUIRED)
MATCHES_OFFER = Guard(holds=lambda c: c.matches_offer is not False, denial=Denial.TERMS_MISMATCH)
IS_A_PUSH = Guard(holds=lambda c: _is_after(c.new_start, c.start_date), denial=Denial.NOT_A_PUSH)
ALL_VERIFIED = Guard(holds=_all_verified, denial=Denial.CREDENTIALS_INCOMPLETE)
VALID_ON_START = Guard(holds=lambda c: _all_valid_on(c.start_date, c), denial=Denial.CREDENTIAL_EXPIRES_BEFORE_START)
START_REACHED = Guard(holds=lambda c: _is_reached(c.start_date, c.today), denial=Denial.TOO_EARLY)
NO_TIME_RECORDED = Guard(holds=lambda c: not c.time_recorded, denial=Denial.TIME_RECORDED)
IS_AN_EXTENSION = Guard(holds=lambda c: _is_after(c.new_end, c.end_date), denial=Denial.NOT_AN_EXTENSION)
CLINICIAN_ACCEPTED = Guard(holds=lambda c: c.clinician_accepted is True, denial=Denial.CLINICIAN_NOT_ACCEPTED)
CLINICIAN_DID_NOT_REFUSE = Guard(
    holds=lambda c: c.clinician_accepted is not False, denial=Denial.CLINICIAN_NOT_ACCEPTED
)
NO_OTHER_PLACEMENT = Guard(holds=_no_other_placement, denial=Denial.CONFLICTING_PLACEMENT)
END_REACHED = Guard(holds=lambda c: _is_reached(c.end_date, c.today), denial=Denial.TOO_EARLY)


def _to(state: State, *guards: Guard) -> Row:
    return Row(to=state, guards=guards)


CANCEL = _to(State.FELL_OFF, HAS_REASON)
PUSH_CLEARED = Row(to=State.CLEARED, guards=(IS_A_PUSH,), when_credentials_expire=State.ONBOARDING)

TABLE: Mapping[State, Mapping[LifecycleEvent, Row]] = {
    State.OFFERED: {
        LifecycleEvent.ACCEPT: _to(State.ACCEPTED),
        LifecycleEvent.DECLINE: _to(State.DECLINED),
        LifecycleEvent.CANCEL: CANCEL,
    },
    State.ACCEPTED: {
        LifecycleEvent.CONFIRM: _to(State.CONFIRMED, MATCHES_OFFER),
        LifecycleEvent.CANCEL: CANCEL,
        LifecycleEvent.PUSH_START: _to(State.ACCEPTED, IS_A_PUSH),
    },
    State.CONFIRMED: {
        LifecycleEvent.BEGIN_ONBOARDING: _to(State.ONBOARDING),
        LifecycleEvent.CANCEL: CANCEL,
        LifecycleEvent.PUSH_START: _to(State.CONFIRMED, IS_A_PUSH),
    },
    State.ONBOARDING: {
        LifecycleEvent.CLEAR: _to(State.CLEARED, ALL_VERIFIED, VALID_ON_START),
        LifecycleEvent.CANCEL: CANCEL,
        LifecycleEvent.PUSH_START: _to(State.ONBOARDING, IS_A_PUSH),
    },
    State.CLEARED: {
        LifecycleEvent.START: _to(State.ACTIVE, START_REACHED),
        LifecycleEvent.CREDENTIAL_LAPSE: _to(State.ONBOARDING),
        LifecycleEvent.CANCEL: CANCEL,
        LifecycleEvent.PUSH_START: PUSH_CLEARED,
        LifecycleEvent.NO_SHOW: _to(State.NO_SHOW, START_REACHED, NO_TIME_RECORDED),
    },
    State.ACTIVE: {
        LifecycleEvent.EXTEND: _to(State.ACTIVE, IS_AN_EXTENSION, CLINICIAN_ACCEPTED, NO_OTHER_PLACEMENT),
        LifecycleEvent.CHANGE_TERMS: _to(State.ACTIVE, CLINICIAN_DID_NOT_REFUSE),
        LifecycleEvent.CREDENTIAL_LAPSE: _to(State.ACTIVE),
        LifecycleEvent.END: _to(State.COMPLETED, END_REACHED),
        LifecycleEvent.TERMINATE: _to(State.TERMINATED, HAS_REASON),
    },
    State.COMPLETED: {LifecycleEvent.ADJUST_TIME: _to(State.COMPLETED)},
    State.TERMINATED: {LifecycleEvent.ADJUST_TIME: _to(State.TERMINATED)},
    State.DECLINED: {},
    State.FELL_OFF: {},
    State.NO_SHOW: {},
}
"""The whole table, each state with every event it knows. A changed term needs no clinician's consent (a unit
may float its staff), but never happens against an expressed refusal; an extension needs consent.
"""

ENDED = frozenset((State.COMPLETED, State.TERMINATED, State.DECLINED, State.FELL_OFF, State.NO_SHOW))
"""States that nothing leaves."""

BEFORE_START = frozenset((State.ACCEPTED, State.CONFIRMED, State.ONBOARDING, State.CLEARED))
"""Accepted and not yet begun: the states in which the terms of the whole assignment may still be amended."""


def decide(state: State, event: LifecycleEvent, *, context: Context) -> Allowed | Denied:
    """Whether the event may happen in this state, and where it leads.

    Source: field facts C1. Reasons for a cancellation or termination must say something; blanks do not.
    """
    row = TABLE[state].get(event)
    if row is None:
        return Denied(reason=Denial.INVALID_TRANSITION)
    for guard in row.guards:
        if not guard.holds(context):
            return Denied(reason=guard.denial)
    if row.when_credentials_expire and not _all_valid_on(context.new_start, context):
        return Allowed(to=row.when_credentials_expire)
    return Allowed(to=row.to)
