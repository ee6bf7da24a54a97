"""An assignment as the read model knows it, and what each event adds to it.

Topics have no order among them: whatever another service says is nullable, and every function here gives the same end
whichever event came first. `state` is None, and `is_open` False, while only other services spoke of the assignment.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

from portal.domain.rank import Start
from portal.domain.workstream import STALLED, Workstream
from shared.contracts.assignments import (
    AssignmentChanged,
    AssignmentCleared,
    AssignmentConfirmed,
    AssignmentEnded,
    AssignmentReopened,
    AssignmentStarted,
    Moved,
    OfferAccepted,
    State,
)
from shared.contracts.payroll import PayCorrected, PayIssued
from shared.contracts.terms import Terms
from shared.contracts.workstreams import Status
from shared.money import Money

REGULAR = "REG"
GATE = "credentialing"
ENDED = frozenset({State.COMPLETED, State.DECLINED, State.FELL_OFF, State.NO_SHOW, State.TERMINATED})
ON_TRACK, AT_RISK, LATE, BLOCKED, OVER = "on_track", "at_risk", "late", "blocked", "over"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facility:
    """Where a facility lies: its state and its IANA time zone."""

    facility_id: str
    work_state: str
    time_zone: str
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """One assignment, with a field for each column of its row."""

    assignment_id: str
    changed_at: datetime
    source: str | None = None
    source_reference: str | None = None
    clinician_id: str | None = None
    client_id: str | None = None
    facility_id: str | None = None
    unit: str | None = None
    discipline: str | None = None
    specialty: str | None = None
    work_state: str | None = None
    time_zone: str | None = None
    state: str | None = None
    is_open: bool = False
    start_date: date | None = None
    end_date: date | None = None
    first_start_date: date | None = None
    terms_version: int | None = None
    signed_version: int | None = None
    weekly_value_cents: int | None = None
    accepted_at: datetime | None = None
    confirmed_at: datetime | None = None
    cleared_at: datetime | None = None
    ready_at: datetime | None = None
    cleared_through: date | None = None
    started_on: date | None = None
    ended_on: date | None = None
    end_reason: str | None = None
    first_statement_id: str | None = None
    first_paid_on: date | None = None
    is_paid_right: bool | None = None
    credentialing: str | None = None
    payroll: str | None = None
    housing: str | None = None
    timekeeping: str | None = None
    expected_ready_on: date | None = None
    risk: str = ON_TRACK
    open_items: int = 0
    version: int = 0

    @property
    def awaited_start(self) -> date | None:
        """The day on which it is to start; None once it started or ended."""
        return self.start_date if self.is_open and self.started_on is None else None

    @property
    def start(self) -> Start | None:
        """The awaited start in the facility's zone; None while the zone is not known."""
        day = self.awaited_start
        return Start(on=day, time_zone=self.time_zone) if day and self.time_zone else None


def accepted(known: Assignment, offer: OfferAccepted, *, at: datetime) -> Assignment:
    """With the offer and its terms; the promised start never changes after."""
    made = replace(
        known,
        source=offer.source,
        source_reference=offer.source_reference,
        clinician_id=offer.clinician_id,
        client_id=offer.client_id,
        first_start_date=offer.terms.start_date,
        accepted_at=at,
    )
    return _in_state(_under(made, offer.terms), offer.state)


def changed(known: Assignment, change: AssignmentChanged) -> Assignment:
    """Under the new terms, for which nobody is ready yet."""
    return _in_state(replace(_under(known, change.terms), ready_at=None), change.state)


def signed(known: Assignment, terms_version: int) -> Assignment:
    """With an agreement that states these terms; an older one signed later takes nothing back."""
    return replace(known, signed_version=max(known.signed_version or 0, terms_version))


def moved(known: Assignment, event: Moved, *, at: datetime) -> Assignment:
    """As far as the event says it is. `cleared_at` and `ready_at` are of the present: both go with a lost clearance."""
    match event:
        case AssignmentConfirmed():
            now_known = replace(known, confirmed_at=at)
        case AssignmentCleared():
            now_known = replace(known, cleared_at=at, cleared_through=event.valid_through)
        case AssignmentReopened():
            now_known = replace(known, cleared_at=None, cleared_through=None, ready_at=None)
        case AssignmentStarted():
            now_known = replace(known, started_on=event.started_on)
        case _:
            now_known = replace(known, ready_at=at)
    return _in_state(now_known, event.state)


def ended(known: Assignment, end: AssignmentEnded) -> Assignment:
    """Over, with the reason."""
    return _in_state(replace(known, ended_on=end.ended_on, end_reason=end.reason), end.state)


def paid(known: Assignment, issued: PayIssued) -> Assignment:
    """With its first pay statement: the one with the earliest pay date, whichever is heard of first."""
    if known.first_paid_on and known.first_statement_id:
        first = (known.first_paid_on, known.first_statement_id)
        if first <= (issued.pay_date, issued.pay_statement_id):
            return known
    return replace(known, first_statement_id=issued.pay_statement_id, first_paid_on=issued.pay_date, is_paid_right=True)


def corrected(known: Assignment, correction: PayCorrected) -> Assignment:
    """Not paid right when it is the first statement that had to be corrected; later ones are another figure."""
    if correction.pay_statement_id != known.first_statement_id:
        return known
    return replace(known, is_paid_right=False)


def placed(known: Assignment, facility: Facility | None) -> Assignment:
    """With the state and the zone of its facility, as far as they are known."""
    if facility is None:
        return replace(known, work_state=None, time_zone=None)
    return replace(known, work_state=facility.work_state, time_zone=facility.time_zone)


def lit(known: Assignment, streams: tuple[Workstream, ...]) -> Assignment:
    """With the four lights, the day on which the last of them is expected, and the risk that follows.

    A light is None until its department answered the present terms; an answer to newer terms than are known counts.
    """
    valid = {one.department: one for one in streams if one.terms_version >= (known.terms_version or 0)}
    days = [one.expected_ready_on for one in valid.values() if not one.is_done and one.expected_ready_on]
    return replace(
        known,
        credentialing=_light(valid, "credentialing"),
        payroll=_light(valid, "payroll"),
        housing=_light(valid, "housing"),
        timekeeping=_light(valid, "timekeeping"),
        expected_ready_on=max(days, default=None),
        risk=risk_of(known, tuple(valid.values())),
    )


def risk_of(known: Assignment, streams: tuple[Workstream, ...]) -> str:
    """What the answers to the present terms mean for the start, by what is known and not by today.

    over: it ended. blocked: a department is. late: clearance is expected after the start. at_risk: another department
    expects to be ready after the start, or any says that it is at risk. on_track: none of these.
    """
    if known.state is not None and not known.is_open:
        return OVER
    waiting = [one for one in streams if not one.is_done]
    if any(one.status == Status.BLOCKED for one in waiting):
        return BLOCKED
    start = known.awaited_start
    behind = [one for one in waiting if start and one.expected_ready_on and one.expected_ready_on > start]
    if any(one.department == GATE for one in behind):
        return LATE
    return AT_RISK if behind or any(one.status in STALLED for one in waiting) else ON_TRACK


def weekly_value_cents(terms: Terms) -> int | None:
    """What a week bills at least: guaranteed hours at the regular bill rate; None where no such rate was agreed.

    Units: cents, rounded half up once.
    """
    rate = terms.bill_rates.get(REGULAR)
    return None if rate is None else Money.rounded(terms.guaranteed_hours_per_week * rate).cents


def _under(known: Assignment, terms: Terms) -> Assignment:
    return replace(
        known,
        facility_id=terms.facility_id,
        unit=terms.unit,
        discipline=terms.discipline.value,
        specialty=terms.specialty,
        start_date=terms.start_date,
        end_date=terms.end_date,
        terms_version=terms.version,
        weekly_value_cents=weekly_value_cents(terms),
    )


def _in_state(known: Assignment, state: State) -> Assignment:
    return replace(known, state=state.value, is_open=state not in ENDED)


def _light(streams: dict[str, Workstream], department: str) -> str | None:
    return streams[department].status if department in streams else None
