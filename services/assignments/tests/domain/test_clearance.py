from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from assignments.domain.assignment import Changed, Clearance
from assignments.domain.clearance import apply_clearance, grant_clearance, revoke_clearance
from assignments.domain.course import cancel, confirm
from assignments.domain.errors import CredentialExpiresBeforeStart
from assignments.domain.revision import Revision
from assignments.domain.terms_change import amend, push_start
from services.assignments.tests.builders import (
    NOW,
    START,
    VALID_THROUGH,
    a_facility,
    an_assignment,
    granted,
    some_pay,
)
from shared.contracts.assignments import AssignmentCleared, AssignmentReopened, State
from shared.contracts.credentialing import ClearanceRevoked

DAY = timedelta(days=1)
RAISE = Revision(pay_package=some_pay(hourly_rates={"REG": Decimal("34.00"), "OT": Decimal("51.00")}))


def revoked(terms_version: int = 1) -> ClearanceRevoked:
    return ClearanceRevoked(assignment_id="asg_1", terms_version=terms_version, reason="license_lapsed")


def test_clearance_granted_in_onboarding_clears() -> None:
    changed = grant_clearance(an_assignment(State.ONBOARDING), granted())
    assert changed.event == AssignmentCleared(
        assignment_id="asg_1", terms_version=1, valid_through=VALID_THROUGH, state=State.CLEARED
    )
    assert changed.assignment.state is State.CLEARED


def test_clearance_that_comes_early_is_remembered_silently_and_applied_after_the_confirmation() -> None:
    early = grant_clearance(an_assignment(), granted())
    assert (early.event, early.assignment.state, early.assignment.version) == (None, State.ACCEPTED, 1)
    confirmed = confirm(early.assignment).assignment
    applied = apply_clearance(confirmed)
    assert isinstance(applied.event, AssignmentCleared)
    assert (applied.assignment.state, applied.assignment.version) == (State.CLEARED, 3)


def test_without_a_remembered_clearance_there_is_nothing_to_apply() -> None:
    at = an_assignment(State.ONBOARDING)
    assert apply_clearance(at) == Changed(assignment=at)


@pytest.mark.parametrize(
    ("name", "state", "terms_version"),
    [("older terms", State.ONBOARDING, 0), ("terms that never were", State.ONBOARDING, 2)],
)
def test_an_answer_to_other_terms_changes_nothing(name: str, state: State, terms_version: int) -> None:
    at = an_assignment(state)
    assert grant_clearance(at, granted(terms_version=terms_version)) == Changed(assignment=at), name


def test_a_clearance_that_ends_before_the_start_is_refused_wherever_it_would_be_kept() -> None:
    for state in (State.ACCEPTED, State.ONBOARDING, State.CLEARED):
        with pytest.raises(CredentialExpiresBeforeStart):
            grant_clearance(an_assignment(state), granted(valid_through=START - DAY))


def test_the_same_clearance_again_says_nothing_and_another_last_day_is_announced() -> None:
    at = an_assignment(State.CLEARED)
    assert grant_clearance(at, granted()).event is None
    longer = grant_clearance(at, granted(valid_through=VALID_THROUGH + DAY))
    assert isinstance(longer.event, AssignmentCleared)
    assert longer.event.valid_through == VALID_THROUGH + DAY


def test_a_clearance_that_comes_after_the_end_changes_nothing() -> None:
    over = cancel(an_assignment(State.ONBOARDING), on=START, reason="low census").assignment
    assert grant_clearance(over, granted()) == Changed(assignment=over)


def test_a_lapse_before_the_start_reopens_onboarding_and_after_it_leaves_the_assignment_active() -> None:
    for state, after in ((State.CLEARED, State.ONBOARDING), (State.ACTIVE, State.ACTIVE)):
        changed = revoke_clearance(an_assignment(state), revoked())
        assert changed.event == AssignmentReopened(
            assignment_id="asg_1", terms_version=1, reason="license_lapsed", state=after
        )
        assert (changed.assignment.state, changed.assignment.clearance) == (after, None)


def test_an_active_assignment_that_lost_its_clearance_gets_it_back() -> None:
    uncleared = revoke_clearance(an_assignment(State.ACTIVE), revoked()).assignment
    again = grant_clearance(uncleared, granted())
    assert isinstance(again.event, AssignmentCleared)
    assert (again.event.state, again.assignment.state) == (State.ACTIVE, State.ACTIVE)


def test_what_was_only_remembered_is_forgotten_silently() -> None:
    early = grant_clearance(an_assignment(), granted()).assignment
    changed = revoke_clearance(early, revoked())
    assert (changed.event, changed.assignment.clearance) == (None, None)


def test_a_revocation_without_a_clearance_or_after_the_end_changes_nothing() -> None:
    over = cancel(an_assignment(State.CLEARED), on=START, reason="low census").assignment
    for at in (an_assignment(State.ONBOARDING), over):
        assert revoke_clearance(at, revoked()) == Changed(assignment=at)


def test_a_clearance_kept_over_new_terms_can_still_be_revoked_by_its_own_version() -> None:
    """INVARIANT: a lapse is never lost because the terms changed meanwhile.

    What breaks it: comparing a revocation with the present terms version, not with the one the clearance answers.
    """
    paid_more = amend(an_assignment(State.CLEARED), RAISE, facility=a_facility(), now=NOW).assignment
    assert (paid_more.state, paid_more.terms.version) == (State.CLEARED, 2)
    assert paid_more.clearance == Clearance(answers=1, valid_through=VALID_THROUGH)
    assert revoke_clearance(paid_more, revoked(1)).assignment.state is State.ONBOARDING
    answered = grant_clearance(paid_more, granted(terms_version=2)).assignment
    assert revoke_clearance(answered, revoked(1)) == Changed(assignment=answered)


KEPT = Clearance(answers=1, valid_through=VALID_THROUGH)
OTHER_UNIT = Revision(unit="Step-down 2")


@pytest.mark.parametrize(
    ("name", "state", "revision", "after", "clearance"),
    [
        ("cleared, another rate", State.CLEARED, RAISE, State.CLEARED, KEPT),
        ("cleared, another unit", State.CLEARED, OTHER_UNIT, State.ONBOARDING, None),
        ("accepted, another rate", State.ACCEPTED, RAISE, State.ACCEPTED, KEPT),
        ("accepted, another unit", State.ACCEPTED, OTHER_UNIT, State.ACCEPTED, None),
    ],
)
def test_an_amendment_keeps_a_clearance_that_does_not_hang_on_it(
    name: str, state: State, revision: Revision, after: State, clearance: Clearance | None
) -> None:
    at = replace(an_assignment(state), clearance=KEPT)
    changed = amend(at, revision, facility=a_facility(), now=NOW).assignment
    assert (changed.state, changed.clearance) == (after, clearance), name


def test_a_remembered_clearance_is_asked_for_again_when_the_start_moves() -> None:
    early = grant_clearance(an_assignment(), granted()).assignment
    assert push_start(early, new_start=START + DAY, now=NOW).assignment.clearance is None
