"""What an assignment does with credentialing's answers: clearance granted, remembered, applied and lost."""

from dataclasses import replace

from assignments.domain.assignment import Assignment, Changed, Clearance, published, step
from assignments.domain.errors import CredentialExpiresBeforeStart
from assignments.domain.lifecycle import ENDED, Context, Credential, LifecycleEvent
from shared.contracts.assignments import (
    AssignmentCleared,
    AssignmentReopened,
    State,
)
from shared.contracts.credentialing import ClearanceGranted, ClearanceRevoked


def grant_clearance(assignment: Assignment, granted: ClearanceGranted) -> Changed:
    """Takes credentialing's answer: before onboarding it is remembered, in onboarding it clears.

    An answer to other terms than the present ones, or about an ended assignment, changes nothing:
    credentialing answers every version again. A clearance whose last day moved is announced again; so is the
    one that an active assignment had lost. Raises CredentialExpiresBeforeStart, which credentialing never
    lets happen for the present terms.
    """
    terms = assignment.terms
    if assignment.state in ENDED or granted.terms_version != terms.version:
        return Changed(assignment=assignment)
    if assignment.state is not State.ACTIVE and granted.valid_through < terms.start_date:
        raise CredentialExpiresBeforeStart(start_date=terms.start_date)
    before = assignment.clearance
    clearance = Clearance(answers=granted.terms_version, valid_through=granted.valid_through)
    remembered = replace(assignment, clearance=clearance)
    if assignment.state is State.ONBOARDING:
        return apply_clearance(remembered)
    is_shown = assignment.state in (State.CLEARED, State.ACTIVE)
    if is_shown and (before is None or before.valid_through != clearance.valid_through):
        return _cleared(remembered, state=assignment.state)
    return Changed(assignment=remembered)


def apply_clearance(assignment: Assignment) -> Changed:
    """Clears an assignment in onboarding with the clearance that it remembers; otherwise nothing changes.

    A remembered clearance always reaches the start: `grant_clearance` refuses one that does not, and a push
    beyond it removes it.
    """
    if assignment.state is not State.ONBOARDING or assignment.clearance is None:
        return Changed(assignment=assignment)
    facts = Context(required_credentials=required_of(assignment.clearance))
    return _cleared(assignment, state=step(assignment, LifecycleEvent.CLEAR, context=facts))


def revoke_clearance(assignment: Assignment, revoked: ClearanceRevoked) -> Changed:
    """Takes the clearance away: before the start back to onboarding, after it active and uncleared.

    A revocation counts when it is about the clearance we hold, even where newer terms have kept that
    clearance; one that is older than the clearance, or finds none, changes nothing. What was only remembered
    is silently forgotten.
    """
    held = assignment.clearance
    if assignment.state in ENDED or held is None or revoked.terms_version < held.answers:
        return Changed(assignment=assignment)
    without = replace(assignment, clearance=None)
    if assignment.state not in (State.CLEARED, State.ACTIVE):
        return Changed(assignment=without)
    state = step(assignment, LifecycleEvent.CREDENTIAL_LAPSE, context=Context())
    return published(
        replace(without, state=state),
        AssignmentReopened(
            assignment_id=assignment.assignment_id,
            terms_version=assignment.terms.version,
            reason=revoked.reason,
            state=state,
        ),
    )


def required_of(clearance: Clearance | None) -> tuple[Credential, ...] | None:
    """The clearance as the one required credential of the table's guards: credentialing alone sees the rest."""
    if clearance is None:
        return None
    return (Credential(code="clearance", verified=True, expires=clearance.valid_through),)


def _cleared(assignment: Assignment, *, state: State) -> Changed:
    assert assignment.clearance is not None, "asked with a clearance"
    return published(
        replace(assignment, state=state),
        AssignmentCleared(
            assignment_id=assignment.assignment_id,
            terms_version=assignment.terms.version,
            valid_through=assignment.clearance.valid_through,
            state=state,
        ),
    )
