"""Events of the assignments service: the directory (state) and the way of an assignment (log)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shared.contracts.event import Event, event
from shared.contracts.terms import Discipline, Terms, Weekday


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A postal address in the United States; `state` is the two-letter code, `zip` five digits."""

    street: str
    city: str
    state: str
    zip: str


@event("clinician.changed")
class ClinicianChanged(Event):
    """The whole present state of a clinician's directory entry."""

    clinician_id: str
    source: str
    source_reference: str
    name: str
    email: str
    phone: str
    home: Address
    discipline: Discipline
    specialties: tuple[str, ...]
    npi: str | None = None


@event("facility.changed")
class FacilityChanged(Event):
    """The whole present state of a facility."""

    facility_id: str
    client_id: str
    source: str
    source_reference: str
    name: str
    address: Address
    time_zone: str
    units: tuple[str, ...]
    workweek_starts: Weekday
    holiday_calendar: str
    orientation_days: int = 0


@event("client.changed")
class ClientChanged(Event):
    """The whole present state of a client, who is billed."""

    client_id: str
    source: str
    source_reference: str
    name: str


class State(StrEnum):
    """Where an assignment is on its way (closed table, field facts C1)."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    CONFIRMED = "confirmed"
    ONBOARDING = "onboarding"
    CLEARED = "cleared"
    ACTIVE = "active"
    COMPLETED = "completed"
    DECLINED = "declined"
    FELL_OFF = "fell_off"
    NO_SHOW = "no_show"
    TERMINATED = "terminated"


class Why(StrEnum):
    """What kind of change made new terms."""

    START_PUSHED = "start_pushed"
    START_ADVANCED = "start_advanced"
    EXTENDED = "extended"
    ENDED_EARLY = "ended_early"
    RATE_CHANGED = "rate_changed"
    UNIT_CHANGED = "unit_changed"
    SHIFT_CHANGED = "shift_changed"
    HOURS_CHANGED = "hours_changed"
    AMENDED = "amended"


@event("offer.accepted")
class OfferAccepted(Event):
    """A clinician accepted an offer: the assignment exists, with terms version 1."""

    assignment_id: str
    source: str
    source_reference: str
    clinician_id: str
    client_id: str
    terms: Terms
    state: State = State.ACCEPTED


@event("assignment.changed")
class AssignmentChanged(Event):
    """New terms hold from `effective_on`; `changed` names the fields that differ from the version before."""

    assignment_id: str
    clinician_id: str
    terms: Terms
    changed: tuple[str, ...]
    effective_on: date
    why: Why
    state: State


@event("assignment.confirmed")
class AssignmentConfirmed(Event):
    """The client confirmed the assignment as offered; onboarding has begun."""

    assignment_id: str
    terms_version: int
    state: State = State.ONBOARDING


@event("agreement.signed")
class AgreementSigned(Event):
    """The clinician signed the agreement, or an addendum, that states these terms (and all before them)."""

    assignment_id: str
    terms_version: int
    document_sha256: str


@event("assignment.cleared")
class AssignmentCleared(Event):
    """Clearance was granted for these terms: the clinician may start."""

    assignment_id: str
    terms_version: int
    valid_through: date
    state: State = State.CLEARED


@event("assignment.reopened")
class AssignmentReopened(Event):
    """Clearance was lost: before the start the assignment is back in onboarding; after it, it stays active."""

    assignment_id: str
    terms_version: int
    reason: str
    state: State


@event("assignment.ready")
class AssignmentReady(Event):
    """All four workstreams are ready for these terms."""

    assignment_id: str
    terms_version: int
    state: State


@event("assignment.started")
class AssignmentStarted(Event):
    """The first shift was worked, or the arrival confirmed."""

    assignment_id: str
    terms_version: int
    started_on: date
    state: State = State.ACTIVE


@event("assignment.ended")
class AssignmentEnded(Event):
    """The assignment is over: completed, terminated, no_show, fell_off or declined."""

    assignment_id: str
    terms_version: int
    ended_on: date
    state: State
    reason: str | None = None


Moved = AssignmentConfirmed | AssignmentCleared | AssignmentReopened | AssignmentReady | AssignmentStarted
"""The events that only say how far the assignment is."""
