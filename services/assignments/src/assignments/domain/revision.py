"""New terms made from the present ones, and the version that records them."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from decimal import Decimal

from assignments.domain.agreement import lowers_pay
from assignments.domain.assignment import Assignment, Changed, Clearance, TermsVersion, published
from assignments.domain.errors import InvalidTransition, NothingChanges
from assignments.domain.lifecycle import BEFORE_START
from shared.contracts.assignments import AssignmentChanged, State, Why
from shared.contracts.terms import HousingMode, PayPackage, ShiftPattern, Terms

DATES = frozenset(("start_date", "end_date"))
ASKED_BY_CREDENTIALING = frozenset(("facility_id", "unit", "discipline", "specialty"))
"""What requirements hang on (field facts C4: a float asks for the unit's competencies)."""

WHY_OF_FIELD: Mapping[str, Why] = {
    "unit": Why.UNIT_CHANGED,
    "shift_pattern": Why.SHIFT_CHANGED,
    "guaranteed_hours_per_week": Why.HOURS_CHANGED,
    "pay_package": Why.RATE_CHANGED,
    "bill_rates": Why.RATE_CHANGED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """What is to be different in the terms besides their dates; None leaves a field as it is."""

    unit: str | None = None
    specialty: str | None = None
    shift_pattern: ShiftPattern | None = None
    guaranteed_hours_per_week: Decimal | None = None
    pay_package: PayPackage | None = None
    bill_rates: dict[str, Decimal] | None = None
    housing_mode: HousingMode | None = None


UNREVISED = Revision()


def revised(terms: Terms, revision: Revision) -> Terms:
    """The next version of the terms as the revision would make them; the same call serves a preview."""
    unit, specialty, hours = revision.unit, revision.specialty, revision.guaranteed_hours_per_week
    return replace(
        terms,
        version=terms.version + 1,
        unit=terms.unit if unit is None else unit,
        specialty=terms.specialty if specialty is None else specialty,
        shift_pattern=revision.shift_pattern or terms.shift_pattern,
        guaranteed_hours_per_week=terms.guaranteed_hours_per_week if hours is None else hours,
        pay_package=revision.pay_package or terms.pay_package,
        bill_rates=terms.bill_rates if revision.bill_rates is None else revision.bill_rates,
        housing_mode=revision.housing_mode or terms.housing_mode,
    )


def changed_fields(old: Terms, new: Terms) -> tuple[str, ...]:
    """The names of the fields that differ, in the order of Terms; the version number is none."""
    names = (field.name for field in fields(Terms) if field.name != "version")
    return tuple(name for name in names if getattr(old, name) != getattr(new, name))


def why_of(changed: tuple[str, ...]) -> Why:
    """The kind of a change of several fields: its one kind if they agree, otherwise amended."""
    kinds = {WHY_OF_FIELD.get(name, Why.AMENDED) for name in changed}
    return kinds.pop() if len(kinds) == 1 else Why.AMENDED


def next_version(assignment: Assignment, terms: Terms, *, effective_on: date, now: datetime) -> TermsVersion:
    """The entry that records new terms, its reason derived from what differs. Raises NothingChanges."""
    changed = changed_fields(assignment.terms, terms)
    if not changed:
        raise NothingChanges()
    return TermsVersion(
        terms=replace(terms, version=assignment.terms.version + 1),
        effective_on=effective_on,
        recorded_at=now,
        why=why_of(changed),
        changed=changed,
        addendum_required=lowers_pay(assignment.terms, terms),
    )


def adopt(assignment: Assignment, entry: TermsVersion, *, state: State) -> Changed:
    """The assignment under its new terms; the versions before stay as they were.

    A clearance that the change does not survive is dropped, and a cleared assignment is back in onboarding.
    One that survives (a rate, the hours, an earlier start) keeps it cleared, although readiness awaits
    credentialing's answer to the new version like everybody's.
    """
    assert entry.why is not None, "only the offer has no reason"
    clearance = _surviving(assignment.clearance, entry, state=state)
    if state is State.CLEARED and clearance is None:
        state = State.ONBOARDING
    return published(
        replace(
            assignment,
            state=state,
            clearance=clearance,
            terms_history=(*assignment.terms_history, entry),
        ),
        AssignmentChanged(
            assignment_id=assignment.assignment_id,
            clinician_id=assignment.clinician_id,
            terms=entry.terms,
            changed=entry.changed,
            effective_on=entry.effective_on,
            why=entry.why,
            state=state,
        ),
    )


def must_be(assignment: Assignment, states: frozenset[State], *, command: str) -> None:
    """Raises InvalidTransition in any other state than these; for commands beside the closed table."""
    if assignment.state not in states:
        raise InvalidTransition(state=assignment.state.value, event=command)


def _surviving(clearance: Clearance | None, entry: TermsVersion, *, state: State) -> Clearance | None:
    """After the start a clearance stays until it is revoked: nobody stops a shift by changing a unit.

    Before it, a cleared assignment keeps its clearance over new dates that it reaches; one that is only remembered
    was given for the dates of then, and credentialing is asked again.
    """
    if clearance is None or state not in BEFORE_START:
        return clearance
    asked_again = ASKED_BY_CREDENTIALING if state is State.CLEARED else ASKED_BY_CREDENTIALING | DATES
    is_too_short = clearance.valid_through < entry.terms.start_date
    return None if is_too_short or asked_again.intersection(entry.changed) else clearance
