"""Commands that make new terms: for the whole assignment before it starts, from a day on once it is active."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from assignments.domain.assignment import Assignment, Changed, step
from assignments.domain.clearance import required_of
from assignments.domain.errors import NotAnAdvance, NotAnEarlyEnd
from assignments.domain.lifecycle import BEFORE_START, Context, LifecycleEvent
from assignments.domain.offer_draft import draft_of
from assignments.domain.revision import (
    DATES,
    UNREVISED,
    Revision,
    adopt,
    must_be,
    next_version,
    revised,
)
from assignments.domain.terms_checks import period_findings, terms_findings
from shared.contracts.assignments import FacilityChanged, State, Why
from shared.contracts.terms import Terms
from shared.errors import Finding, Invalid
from shared.periods import Period

UNDER = "/revision"
"""Where a request says what is to be different."""

NEW = {"/start_date": "/new_start", "/end_date": "/new_end"}
"""Where a request gives the dates of new terms."""

RUNNING = BEFORE_START | {State.ACTIVE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """More time: the new last day, whether the clinician accepted, and what else is agreed.

    `other_placements` are the clinician's other assignments that are not over. `revision` holds from the day
    after the present end.
    """

    new_end: date
    clinician_accepted: bool
    other_placements: tuple[Period, ...] = ()
    revision: Revision = UNREVISED


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsChange:
    """New terms for an active assignment from a day on; `clinician_accepted` is None when nobody asked.

    `under` is the pointer to the revision in the request, empty when its fields stand at the top.
    """

    effective_on: date
    revision: Revision
    clinician_accepted: bool | None = None
    under: str = UNDER


def push_start(assignment: Assignment, *, new_start: date, now: datetime, new_end: date | None = None) -> Changed:
    """A later start. The end moves along by as many days unless a new one is given.

    Raises InvalidTransition, NotAPush; Invalid when the given end lies before the start.
    """
    facts = Context(new_start=new_start, required_credentials=required_of(assignment.clearance))
    state = step(assignment, LifecycleEvent.PUSH_START, context=facts)
    moved = _moved(assignment.terms, new_start=new_start, new_end=new_end)
    entry = next_version(assignment, moved, effective_on=assignment.terms.start_date, now=now)
    return adopt(assignment, replace(entry, why=Why.START_PUSHED), state=state)


def advance_start(
    assignment: Assignment, *, new_start: date, now: datetime, today: date, new_end: date | None = None
) -> Changed:
    """An earlier start, today at the earliest. The end moves along by as many days unless a new one is given.

    Raises InvalidTransition, NotAnAdvance; Invalid when the given end lies before the start.
    """
    must_be(assignment, BEFORE_START, command="advance_start")
    terms = assignment.terms
    if not today <= new_start < terms.start_date:
        raise NotAnAdvance(new_start=new_start, start_date=terms.start_date)
    moved = _moved(terms, new_start=new_start, new_end=new_end)
    entry = next_version(assignment, moved, effective_on=new_start, now=now)
    return adopt(assignment, replace(entry, why=Why.START_ADVANCED), state=assignment.state)


def extend(assignment: Assignment, extension: Extension, *, facility: FacilityChanged, now: datetime) -> Changed:
    """A later end for an active assignment, with other pay or another unit on the added days where agreed.

    Raises InvalidTransition, NotAnExtension, ClinicianNotAccepted, ConflictingPlacement; Invalid with every
    fault.
    """
    facts = Context(
        new_end=extension.new_end,
        clinician_accepted=extension.clinician_accepted,
        other_placements=extension.other_placements,
    )
    state = step(assignment, LifecycleEvent.EXTEND, context=facts)
    added_from = assignment.terms.end_date + timedelta(days=1)
    terms = revised(assignment.terms, extension.revision)
    draft = replace(draft_of(terms), end_date=extension.new_end)
    _refuse_if(_revision_findings(terms_findings(draft, facility=facility), UNDER))
    longer = replace(terms, end_date=extension.new_end)
    entry = next_version(assignment, longer, effective_on=added_from, now=now)
    return adopt(assignment, replace(entry, why=Why.EXTENDED), state=state)


def end_early(assignment: Assignment, *, new_end: date, now: datetime) -> Changed:
    """An earlier last day; the assignment is not over by that, it ends when that day is reached.

    Raises InvalidTransition, NotAnEarlyEnd.
    """
    must_be(assignment, RUNNING, command="end_early")
    terms = assignment.terms
    if not terms.start_date <= new_end < terms.end_date:
        raise NotAnEarlyEnd(new_end=new_end, start_date=terms.start_date, end_date=terms.end_date)
    shorter = replace(terms, end_date=new_end)
    entry = next_version(assignment, shorter, effective_on=new_end + timedelta(days=1), now=now)
    return adopt(assignment, replace(entry, why=Why.ENDED_EARLY), state=assignment.state)


def change_terms(assignment: Assignment, change: TermsChange, *, facility: FacilityChanged, now: datetime) -> Changed:
    """Another rate, unit, shift or guarantee for an active assignment, from a day on.

    That day may have passed. It may not precede a change already recorded for a later day, which it would
    bring forward. Raises InvalidTransition, ClinicianNotAccepted, NothingChanges; Invalid with every fault.
    """
    facts = Context(clinician_accepted=change.clinician_accepted)
    state = step(assignment, LifecycleEvent.CHANGE_TERMS, context=facts)
    terms = revised(assignment.terms, change.revision)
    _refuse_if(
        (
            *_effective_findings(assignment, change.effective_on),
            *_revision_findings(terms_findings(draft_of(terms), facility=facility), change.under),
        )
    )
    entry = next_version(assignment, terms, effective_on=change.effective_on, now=now)
    return adopt(assignment, entry, state=state)


def amend(
    assignment: Assignment,
    revision: Revision,
    *,
    facility: FacilityChanged,
    now: datetime,
    new_end: date | None = None,
) -> Changed:
    """Other terms for an assignment that has not begun; they hold from its first day.

    A change of what credentialing asks by (unit, specialty) takes a clearance away.
    Raises InvalidTransition, NothingChanges; Invalid with every fault.
    """
    must_be(assignment, BEFORE_START, command="amend")
    terms = revised(assignment.terms, revision)
    draft = draft_of(terms)
    found = terms_findings(replace(draft, end_date=new_end or draft.end_date), facility=facility)
    _refuse_if(_revision_findings(found, UNDER))
    ending = replace(terms, end_date=new_end or terms.end_date)
    entry = next_version(assignment, ending, effective_on=terms.start_date, now=now)
    return adopt(assignment, entry, state=assignment.state)


def _moved(terms: Terms, *, new_start: date, new_end: date | None) -> Terms:
    end = new_end or terms.end_date + (new_start - terms.start_date)
    _refuse_if(tuple(replace(one, pointer=NEW[one.pointer]) for one in period_findings(new_start, end)))
    return replace(terms, start_date=new_start, end_date=end)


def _effective_findings(assignment: Assignment, effective_on: date) -> tuple[Finding, ...]:
    if effective_on not in assignment.terms.period:
        message = "The day lies outside the assignment; give one from its start through its end."
        return (Finding(pointer="/effective_on", code="outside_assignment", message=message),)
    dated = [entry for entry in assignment.terms_history if not DATES.issuperset(entry.changed)]
    if dated and effective_on < max(entry.effective_on for entry in dated):
        message = "A change is already recorded for a later day; give that day or a later one."
        return (Finding(pointer="/effective_on", code="before_recorded_change", message=message),)
    return ()


def _revision_findings(found: tuple[Finding, ...], under: str) -> tuple[Finding, ...]:
    """The faults of revised terms, each where the request for them stands."""
    return tuple(replace(one, pointer=NEW.get(one.pointer, f"{under}{one.pointer}")) for one in found)


def _refuse_if(findings: tuple[Finding, ...]) -> None:
    if findings:
        raise Invalid(findings=findings)
