"""Whatever happens in whatever order: what was agreed stays on record, events are numbered, and the end is the end."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as some

from assignments.domain.assignment import Assignment, Changed
from assignments.domain.clearance import apply_clearance, grant_clearance, revoke_clearance
from assignments.domain.course import accept, cancel, confirm, decline, end, no_show, start, terminate
from assignments.domain.lifecycle import ENDED
from assignments.domain.revision import Revision
from assignments.domain.terms_change import (
    Extension,
    TermsChange,
    advance_start,
    amend,
    change_terms,
    end_early,
    extend,
    push_start,
)
from services.assignments.tests.builders import NOW, a_facility, an_offer, granted, some_pay
from shared.contracts.assignments import AssignmentChanged, AssignmentStarted, State
from shared.contracts.credentialing import ClearanceRevoked
from shared.errors import Refused

Command = Callable[[Assignment], Changed]
DAY = timedelta(days=1)

days = some.integers(-20, 200).map(lambda n: date(2026, 1, 15) + n * DAY)
revisions = some.builds(
    Revision,
    unit=some.sampled_from((None, "ICU 4", "Step-down 2", "ER")),
    guaranteed_hours_per_week=some.sampled_from((None, Decimal(24), Decimal(36), Decimal(40))),
    pay_package=some.none()
    | some.builds(some_pay, hourly_rates=some.fixed_dictionaries({"REG": some.decimals(30, 36, places=2)})),
)


def _revoke(terms_version: int) -> Command:
    lapse = ClearanceRevoked(assignment_id="asg_1", terms_version=terms_version, reason="license_lapsed")
    return lambda at: revoke_clearance(at, lapse)


def _grant(behind: int, valid_through: date) -> Command:
    return lambda at: grant_clearance(at, granted(terms_version=at.terms.version - behind, valid_through=valid_through))


commands: some.SearchStrategy[Command] = some.one_of(
    some.sampled_from((accept, confirm, apply_clearance)),
    days.map(lambda day: lambda at: decline(at, on=day)),
    days.map(lambda day: lambda at: cancel(at, on=day, reason="low census")),
    days.map(lambda day: lambda at: start(at, started_on=day, today=day)),
    days.map(lambda day: lambda at: no_show(at, today=day)),
    days.map(lambda day: lambda at: end(at, today=day)),
    days.map(lambda day: lambda at: terminate(at, on=day, reason="for cause")),
    some.integers(1, 4).map(_revoke),
    some.builds(_grant, some.sampled_from((0, 0, 0, 1)), days),
    days.map(lambda day: lambda at: push_start(at, new_start=day, now=NOW)),
    days.map(lambda day: lambda at: advance_start(at, new_start=day, now=NOW, today=NOW.date())),
    days.map(lambda day: lambda at: end_early(at, new_end=day, now=NOW)),
    some.builds(
        lambda day, revision: (
            lambda at: extend(
                at,
                Extension(new_end=day, clinician_accepted=True, revision=revision),
                facility=a_facility(),
                now=NOW,
            )
        ),
        days,
        revisions,
    ),
    some.builds(
        lambda day, revision: (
            lambda at: change_terms(
                at, TermsChange(effective_on=day, revision=revision), facility=a_facility(), now=NOW
            )
        ),
        days,
        revisions,
    ),
    revisions.map(lambda revision: lambda at: amend(at, revision, facility=a_facility(), now=NOW)),
)

openings: some.SearchStrategy[list[Command]] = some.sampled_from(
    (
        [],
        [accept],
        [accept, confirm],
        [accept, confirm, _grant(0, date(2026, 12, 31))],
        [
            accept,
            confirm,
            _grant(0, date(2026, 12, 31)),
            lambda at: start(at, started_on=at.terms.start_date, today=date(2026, 3, 1)),
        ],
    )
)


def _check(before: Assignment, changed: Changed) -> None:
    after, event = changed.assignment, changed.event
    assert after.terms_history[: len(before.terms_history)] == before.terms_history
    assert [entry.terms.version for entry in after.terms_history] == list(range(1, len(after.terms_history) + 1))
    assert after.version == before.version + (event is not None)
    assert (len(after.terms_history) > len(before.terms_history)) is isinstance(event, AssignmentChanged)
    if before.state in ENDED:
        assert changed == Changed(assignment=before)
    if after.state is not before.state:
        assert getattr(event, "state", None) is after.state
    if event is None:
        assert after.state is before.state
    if isinstance(event, AssignmentStarted):
        assert before.state is State.CLEARED
    if after.state is State.CLEARED:
        assert after.clearance is not None
        assert after.clearance.valid_through >= after.terms.start_date


@settings(deadline=None, max_examples=120)
@given(openings, some.lists(commands, max_size=12))
def test_no_history_loses_terms_skips_a_number_or_leaves_its_end(opening: list[Command], then: list[Command]) -> None:
    """INVARIANT: terms are never overwritten, events are numbered without a gap, an end is final, clearance gates.

    What breaks it: a command that replaces an entry of the history, returns two events' worth of change in one, or sets
    a state without asking the table.
    """
    at = an_offer()
    for command in (*opening, *then):
        try:
            changed = command(at)
        except Refused:
            continue
        _check(at, changed)
        at = changed.assignment
