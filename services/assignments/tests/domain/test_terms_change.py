from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest

from assignments.domain.assignment import Assignment, terms_on
from assignments.domain.clearance import grant_clearance
from assignments.domain.errors import (
    ClinicianNotAccepted,
    ConflictingPlacement,
    InvalidTransition,
    NotAnAdvance,
    NotAnEarlyEnd,
    NotAnExtension,
    NotAPush,
    NothingChanges,
)
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
from services.assignments.tests.builders import (
    END,
    NOW,
    START,
    a_facility,
    an_assignment,
    an_offer,
    granted,
    some_pay,
    some_terms,
)
from shared.contracts.assignments import AssignmentChanged, State, Why
from shared.contracts.terms import HousingMode
from shared.errors import Invalid, Refused
from shared.periods import Period

DAY = timedelta(days=1)
TODAY = date(2026, 1, 5)
RAISE = Revision(pay_package=some_pay(hourly_rates={"REG": Decimal("34.00"), "OT": Decimal("51.00")}))
ACTIVE = an_assignment(State.ACTIVE)


def test_a_pushed_start_takes_the_end_along_in_one_event() -> None:
    changed = push_start(an_assignment(), new_start=START + 14 * DAY, now=NOW)
    terms = some_terms(version=2, start_date=START + 14 * DAY, end_date=END + 14 * DAY)
    assert changed.event == AssignmentChanged(
        assignment_id="asg_1",
        clinician_id="cln_1",
        terms=terms,
        changed=("start_date", "end_date"),
        effective_on=START,
        why=Why.START_PUSHED,
        state=State.ACCEPTED,
    )
    assert changed.assignment.terms == terms
    assert changed.assignment.terms_history[0].terms == some_terms()


def test_a_pushed_start_keeps_a_given_end() -> None:
    changed = push_start(an_assignment(), new_start=START + DAY, new_end=END, now=NOW)
    assert changed.assignment.terms.period == Period.through(START + DAY, END)


@pytest.mark.parametrize(
    ("name", "new_start", "after"),
    [
        ("up to the last valid day", date(2026, 2, 10), State.CLEARED),
        ("a day beyond it", date(2026, 2, 11), State.ONBOARDING),
    ],
)
def test_a_push_beyond_the_clearance_goes_back_to_onboarding(name: str, new_start: date, after: State) -> None:
    at = grant_clearance(an_assignment(State.ONBOARDING), granted(valid_through=date(2026, 2, 10))).assignment
    changed = push_start(at, new_start=new_start, now=NOW)
    assert isinstance(changed.event, AssignmentChanged)
    assert (changed.event.state, changed.assignment.state) == (after, after), name
    assert (changed.assignment.clearance is None) is (after is State.ONBOARDING)


def test_an_earlier_start_is_effective_from_it() -> None:
    changed = advance_start(an_assignment(State.CLEARED), new_start=TODAY, now=NOW, today=TODAY)
    assert isinstance(changed.event, AssignmentChanged)
    assert (changed.event.why, changed.event.effective_on) == (Why.START_ADVANCED, TODAY)
    assert changed.assignment.terms.end_date == END - (START - TODAY)
    assert changed.assignment.state is State.CLEARED


def test_an_extension_may_bring_another_rate_from_the_added_days_on() -> None:
    wish = Extension(new_end=END + 42 * DAY, clinician_accepted=True, revision=RAISE)
    changed = extend(ACTIVE, wish, facility=a_facility(), now=NOW)
    assert isinstance(changed.event, AssignmentChanged)
    assert (changed.event.why, changed.event.effective_on) == (Why.EXTENDED, END + DAY)
    assert changed.event.changed == ("end_date", "pay_package")
    rates = [terms_on(changed.assignment, day).pay_package.hourly_rates["REG"] for day in (END, END + DAY)]
    assert rates == [Decimal("32.50"), Decimal("34.00")]


def test_an_early_end_leaves_the_assignment_running_until_then() -> None:
    changed = end_early(ACTIVE, new_end=END - 14 * DAY, now=NOW)
    assert isinstance(changed.event, AssignmentChanged)
    assert (changed.event.why, changed.event.effective_on) == (Why.ENDED_EARLY, END - 13 * DAY)
    assert changed.assignment.state is State.ACTIVE


@pytest.mark.parametrize(
    ("name", "revision", "why", "changed"),
    [
        ("rate", RAISE, Why.RATE_CHANGED, ("pay_package",)),
        ("bill rate", Revision(bill_rates={"REG": Decimal(90)}), Why.RATE_CHANGED, ("bill_rates",)),
        ("float", Revision(unit="Step-down 2"), Why.UNIT_CHANGED, ("unit",)),
        ("hours", Revision(guaranteed_hours_per_week=Decimal(24)), Why.HOURS_CHANGED, ("guaranteed_hours_per_week",)),
        ("housing", Revision(housing_mode=HousingMode.STIPEND), Why.AMENDED, ("housing_mode",)),
        (
            "float and hours",
            Revision(unit="Step-down 2", guaranteed_hours_per_week=Decimal(24)),
            Why.AMENDED,
            ("unit", "guaranteed_hours_per_week"),
        ),
    ],
)
def test_a_change_of_running_terms_says_what_and_why(
    name: str, revision: Revision, why: Why, changed: tuple[str, ...]
) -> None:
    wish = TermsChange(effective_on=START + 28 * DAY, revision=revision)
    event = change_terms(ACTIVE, wish, facility=a_facility(), now=NOW).event
    assert isinstance(event, AssignmentChanged)
    assert (event.why, event.changed, event.effective_on) == (why, changed, START + 28 * DAY), name
    assert event.state is State.ACTIVE


def test_an_amendment_holds_from_the_first_day() -> None:
    changed = amend(an_assignment(), RAISE, facility=a_facility(), now=NOW, new_end=END + 7 * DAY)
    assert isinstance(changed.event, AssignmentChanged)
    assert (changed.event.why, changed.event.effective_on) == (Why.AMENDED, START)
    assert changed.event.changed == ("end_date", "pay_package")


def _change(effective_on: date, revision: Revision, *, accepted: bool | None = None) -> Callable[[Assignment], object]:
    wish = TermsChange(effective_on=effective_on, revision=revision, clinician_accepted=accepted)
    return lambda at: change_terms(at, wish, facility=a_facility(), now=NOW)


def _extend(days: int, *others: Period, accepted: bool = True) -> Callable[[Assignment], object]:
    wish = Extension(new_end=END + days * DAY, clinician_accepted=accepted, other_placements=others)
    return lambda at: extend(at, wish, facility=a_facility(), now=NOW)


REFUSED: list[tuple[str, Assignment, Callable[[Assignment], object], type[Refused]]] = [
    ("push to the same day", an_assignment(), lambda a: push_start(a, new_start=START, now=NOW), NotAPush),
    ("push an offer", an_offer(), lambda a: push_start(a, new_start=END, now=NOW), InvalidTransition),
    ("push when active", ACTIVE, lambda a: push_start(a, new_start=END, now=NOW), InvalidTransition),
    (
        "advance to the same day",
        an_assignment(),
        lambda a: advance_start(a, new_start=START, now=NOW, today=TODAY),
        NotAnAdvance,
    ),
    (
        "advance into the past",
        an_assignment(),
        lambda a: advance_start(a, new_start=TODAY - DAY, now=NOW, today=TODAY),
        NotAnAdvance,
    ),
    (
        "advance when active",
        ACTIVE,
        lambda a: advance_start(a, new_start=TODAY, now=NOW, today=TODAY),
        InvalidTransition,
    ),
    ("extend by nothing", ACTIVE, _extend(0), NotAnExtension),
    ("extend against a refusal", ACTIVE, _extend(7, accepted=False), ClinicianNotAccepted),
    ("extend into another", ACTIVE, _extend(7, Period.through(END + 7 * DAY, END + 70 * DAY)), ConflictingPlacement),
    ("extend when cleared", an_assignment(State.CLEARED), _extend(7), InvalidTransition),
    ("end early on the end", ACTIVE, lambda a: end_early(a, new_end=END, now=NOW), NotAnEarlyEnd),
    ("end before the start", ACTIVE, lambda a: end_early(a, new_end=START - DAY, now=NOW), NotAnEarlyEnd),
    ("change nothing", ACTIVE, _change(START, Revision(unit="ICU 4")), NothingChanges),
    ("change against a refusal", ACTIVE, _change(START, RAISE, accepted=False), ClinicianNotAccepted),
    ("change before the start", an_assignment(), _change(START, RAISE), InvalidTransition),
    (
        "amend when active",
        ACTIVE,
        lambda a: amend(a, RAISE, facility=a_facility(), now=NOW),
        InvalidTransition,
    ),
]


@pytest.mark.parametrize(("name", "at", "command", "refusal"), REFUSED, ids=[row[0] for row in REFUSED])
def test_a_change_on_the_wrong_side_is_refused(
    name: str, at: Assignment, command: Callable[[Assignment], object], refusal: type[Refused]
) -> None:
    with pytest.raises(refusal):
        command(at)


FAULTY: list[tuple[str, Assignment, Callable[[Assignment], object], list[tuple[str, str]]]] = [
    (
        "an end before the pushed start",
        an_assignment(),
        lambda a: push_start(a, new_start=START + DAY, new_end=START, now=NOW),
        [("/new_end", "end_before_start")],
    ),
    (
        "a push to more than two years",
        an_assignment(),
        lambda a: push_start(a, new_start=START + DAY, new_end=START + 800 * DAY, now=NOW),
        [("/new_end", "too_long")],
    ),
    (
        "an extension to more than two years",
        ACTIVE,
        lambda a: extend(
            a, Extension(new_end=START + 731 * DAY, clinician_accepted=True), facility=a_facility(), now=NOW
        ),
        [("/new_end", "too_long")],
    ),
    (
        "effective outside, unknown unit, more guaranteed than planned",
        ACTIVE,
        _change(END + DAY, Revision(unit="ER", guaranteed_hours_per_week=Decimal("36.5"))),
        [
            ("/effective_on", "outside_assignment"),
            ("/revision/unit", "unknown_unit"),
            ("/revision/guaranteed_hours_per_week", "guarantee_over_schedule"),
        ],
    ),
    (
        "an amended end before the start",
        an_assignment(),
        lambda a: amend(a, RAISE, facility=a_facility(), now=NOW, new_end=START - DAY),
        [("/new_end", "end_before_start")],
    ),
]


@pytest.mark.parametrize(("name", "at", "command", "found"), FAULTY, ids=[row[0] for row in FAULTY])
def test_faulty_new_terms_are_refused_with_all_findings(
    name: str, at: Assignment, command: Callable[[Assignment], object], found: list[tuple[str, str]]
) -> None:
    with pytest.raises(Invalid) as caught:
        command(at)
    assert [(one.pointer, one.code) for one in caught.value.findings] == found, name


def test_a_change_may_not_bring_a_later_one_forward() -> None:
    wish = TermsChange(effective_on=START + 28 * DAY, revision=RAISE)
    at = change_terms(ACTIVE, wish, facility=a_facility(), now=NOW).assignment
    with pytest.raises(Invalid) as caught:
        _change(START + 27 * DAY, Revision(unit="Step-down 2"))(at)
    assert [one.code for one in caught.value.findings] == ["before_recorded_change"]
    _change(START + 28 * DAY, Revision(unit="Step-down 2"))(at)


def test_an_extension_does_not_hinder_a_change_before_it() -> None:
    wish = Extension(new_end=END + 7 * DAY, clinician_accepted=True)
    at = extend(ACTIVE, wish, facility=a_facility(), now=NOW).assignment
    _change(START + 7 * DAY, RAISE)(at)
