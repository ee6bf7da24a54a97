"""The commands that move an assignment along its way, from the offer to one of its ends."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from assignments.domain.assignment import Assignment, Changed, TermsVersion, published, step
from assignments.domain.confirmation import ConfirmedTerms, differences
from assignments.domain.errors import TooEarly
from assignments.domain.lifecycle import BEFORE_START, Context, LifecycleEvent
from shared.contracts.assignments import (
    AssignmentConfirmed,
    AssignmentEnded,
    AssignmentStarted,
    OfferAccepted,
    State,
)
from shared.contracts.terms import Terms

NO_FACTS = Context()


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What was offered to whom. Its identity is `source` with the source's own reference."""

    source: str
    source_reference: str
    clinician_id: str
    client_id: str
    terms: Terms


def offer(made: Offer, *, assignment_id: str, now: datetime) -> Assignment:
    """The assignment as an open offer. Nobody hears of it before it is accepted."""
    first = TermsVersion(terms=replace(made.terms, version=1), effective_on=made.terms.start_date, recorded_at=now)
    return Assignment(
        assignment_id=assignment_id,
        source=made.source,
        source_reference=made.source_reference,
        clinician_id=made.clinician_id,
        client_id=made.client_id,
        state=State.OFFERED,
        terms_history=(first,),
    )


def accept(assignment: Assignment) -> Changed:
    """The clinician takes the offer: the four departments begin. Raises InvalidTransition."""
    state = step(assignment, LifecycleEvent.ACCEPT, context=NO_FACTS)
    return published(
        replace(assignment, state=state),
        OfferAccepted(
            assignment_id=assignment.assignment_id,
            source=assignment.source,
            source_reference=assignment.source_reference,
            clinician_id=assignment.clinician_id,
            client_id=assignment.client_id,
            terms=assignment.terms,
            state=state,
        ),
    )


def decline(assignment: Assignment, *, on: date, reason: str | None = None) -> Changed:
    """The clinician does not take the offer; a reason may be given. Raises InvalidTransition."""
    state = step(assignment, LifecycleEvent.DECLINE, context=NO_FACTS)
    return _ended(assignment, state=state, on=on, reason=reason)


def cancel(assignment: Assignment, *, on: date, reason: str) -> Changed:
    """The assignment falls off before it began. Raises InvalidTransition, ReasonRequired."""
    state = step(assignment, LifecycleEvent.CANCEL, context=Context(reason=reason))
    return _ended(assignment, state=state, on=on, reason=reason)


def confirm(assignment: Assignment, *, confirmed: ConfirmedTerms | None = None) -> Changed:
    """The client confirms, and onboarding begins at once.

    `confirmed` is what the client wrote, None when a person vouches. A clearance that came early is applied
    next, by `clearance.apply_clearance`. Raises InvalidTransition; TermsMismatch with every difference.
    """
    findings = differences(assignment.terms, confirmed) if confirmed else ()
    facts = Context(matches_offer=not findings)
    state = step(assignment, LifecycleEvent.CONFIRM, context=facts, findings=findings)
    state = step(replace(assignment, state=state), LifecycleEvent.BEGIN_ONBOARDING, context=NO_FACTS)
    return published(
        replace(assignment, state=state),
        AssignmentConfirmed(
            assignment_id=assignment.assignment_id, terms_version=assignment.terms.version, state=state
        ),
    )


def start(assignment: Assignment, *, started_on: date, today: date) -> Changed:
    """The first shift was worked, or the arrival confirmed, on a day up to today.

    Only a cleared assignment starts. Raises InvalidTransition (the work itself is still recorded and paid, by
    others) and TooEarly: orientation before the start is worked time, but not the start, and nobody has
    arrived tomorrow.
    """
    state = step(assignment, LifecycleEvent.START, context=Context(today=started_on))
    if started_on > today:
        raise _too_early(assignment, LifecycleEvent.START, on=today)
    return published(
        replace(assignment, state=state, started_on=started_on),
        AssignmentStarted(
            assignment_id=assignment.assignment_id,
            terms_version=assignment.terms.version,
            started_on=started_on,
            state=state,
        ),
    )


def follow_work(assignment: Assignment, *, worked_on: date, today: date) -> Changed:
    """A shift was worked: a cleared assignment starts with it, unless it was before the start (orientation).

    Work that starts nothing is remembered until the start, for a clinician who worked is no no-show; it is paid all
    the same, by others. After the start, and after the end, it changes nothing here.
    """
    if assignment.state is State.CLEARED and assignment.terms.start_date <= worked_on <= today:
        return start(assignment, started_on=worked_on, today=today)
    if assignment.state in BEFORE_START:
        return Changed(assignment=replace(assignment, time_recorded=True))
    return Changed(assignment=assignment)


def no_show(assignment: Assignment, *, today: date) -> Changed:
    """The clinician did not come. Raises InvalidTransition, TooEarly, TimeRecorded."""
    facts = Context(today=today, time_recorded=assignment.time_recorded)
    state = step(assignment, LifecycleEvent.NO_SHOW, context=facts)
    return _ended(assignment, state=state, on=today, reason=None)


def end(assignment: Assignment, *, today: date) -> Changed:
    """The last day of the terms is reached: completed as of that day. Raises InvalidTransition, TooEarly."""
    state = step(assignment, LifecycleEvent.END, context=Context(today=today))
    return _ended(assignment, state=state, on=assignment.terms.end_date, reason=None)


def terminate(assignment: Assignment, *, on: date, reason: str) -> Changed:
    """The running assignment is broken off; `on` is its last day, not before the day it started.

    Raises InvalidTransition, ReasonRequired, TooEarly.
    """
    state = step(assignment, LifecycleEvent.TERMINATE, context=Context(reason=reason))
    if assignment.started_on is not None and on < assignment.started_on:
        raise _too_early(assignment, LifecycleEvent.TERMINATE, on=on)
    return _ended(assignment, state=state, on=on, reason=reason)


def _too_early(assignment: Assignment, event: LifecycleEvent, *, on: date) -> TooEarly:
    terms = assignment.terms
    return TooEarly(today=on, event=event.value, start_date=terms.start_date, end_date=terms.end_date)


def _ended(assignment: Assignment, *, state: State, on: date, reason: str | None) -> Changed:
    said = (reason or "").strip() or None
    return published(
        replace(assignment, state=state, ended_on=on, reason=said),
        AssignmentEnded(
            assignment_id=assignment.assignment_id,
            terms_version=assignment.terms.version,
            ended_on=on,
            state=state,
            reason=said,
        ),
    )
