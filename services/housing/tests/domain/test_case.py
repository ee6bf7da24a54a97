from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from housing.domain.arrangement import Booking
from housing.domain.case import follow, follow_facility
from housing.domain.changes import adapt, close
from housing.domain.commands import book, choose_unit, confirm_own_housing
from housing.domain.errors import NoHousingRuleInForce
from housing.domain.nights import in_words, stay_of
from housing.domain.rulebook.stays import stay_margins
from services.housing.tests.builders import (
    TODAY,
    a_booked_case,
    a_case,
    a_facility,
    a_held_case,
    adapted,
    an_end,
    some_pay,
    some_terms,
    stipend_terms,
)
from shared.contracts.assignments import State
from shared.contracts.terms import HousingMode
from shared.periods import Period


@pytest.mark.parametrize(
    ("case", "first", "last", "said"),
    [
        ("thirteen weeks", "2026-01-05", "2026-04-05", "92 nights from 2026-01-04 to 2026-04-06"),
        ("a single shift", "2026-01-05", "2026-01-05", "2 nights from 2026-01-04 to 2026-01-06"),
        ("over a leap day", "2028-02-28", "2028-03-01", "4 nights from 2028-02-27 to 2028-03-02"),
    ],
)
def test_one_arrives_the_day_before_and_leaves_the_day_after(case: str, first: str, last: str, said: str) -> None:
    terms = some_terms(start_date=date.fromisoformat(first), end_date=date.fromisoformat(last))
    assert in_words(stay_of(terms)) == said


@given(some.dates(date(2001, 1, 1), date(2090, 1, 1)), some.integers(0, 400))
def test_every_working_day_lies_between_two_nights(start: date, days: int) -> None:
    terms = some_terms(start_date=start, end_date=start + timedelta(days=days))
    stay = stay_of(terms)
    assert stay.length_days == terms.period.length_days + 1
    assert all(day - timedelta(days=1) in stay and day in stay for day in (terms.start_date, terms.end_date))


def test_a_day_before_the_rulebook_is_named() -> None:
    with pytest.raises(NoHousingRuleInForce, match="stay margins is in force on 1999-12-31"):
        stay_margins(date(1999, 12, 31))


def test_a_case_opens_with_nothing_arranged() -> None:
    case = a_case()
    assert (case.case_id, case.assignment_id, case.clinician_id, case.client_id) == (
        "cas_1",
        "asg_1",
        "cln_1",
        "cli_1",
    )
    assert (case.unit, case.own_housing, case.releases, case.version) == (None, None, (), 0)


@pytest.mark.parametrize("version", [0, 1])
def test_older_or_equal_terms_change_nothing(version: int) -> None:
    case = a_booked_case()
    terms = some_terms(version=version, end_date=date(2026, 6, 1))
    assert adapt(case, terms, facility=a_facility(), effective_on=TODAY, today=TODAY) == case


def test_a_pushed_start_moves_the_nights_and_leaves_the_unit_to_be_chosen_again() -> None:
    moved = adapted(a_booked_case(), start_date=date(2026, 1, 19), end_date=date(2026, 4, 19))
    assert moved.stay == Period(date(2026, 1, 18), date(2026, 4, 20))
    assert moved.unit is not None
    assert moved.unit.nights == Period(date(2026, 1, 4), date(2026, 4, 6))
    assert moved.releases == ()


def test_an_extended_unit_is_chosen_again_and_booked_again_without_losing_its_booking() -> None:
    longer = adapted(a_booked_case(assignment_state=State.ACTIVE), end_date=date(2026, 5, 3))
    assert longer.unit is not None
    again = choose_unit(longer, "unit-7", name="Harbor View 7", rent_per_week=longer.unit.rent_per_week, today=TODAY)
    assert again.unit is not None
    assert again.unit.booking == Booking(reference="HV-100", nights=Period(date(2026, 1, 4), date(2026, 4, 6)))
    booked = book(again, "HV-100")
    assert booked.unit is not None
    assert booked.unit.booking == Booking(reference="HV-100", nights=Period(date(2026, 1, 4), date(2026, 5, 4)))
    assert booked.releases == ()


def test_terms_that_touch_no_housing_leave_every_arrangement() -> None:
    case = a_booked_case()
    after = adapted(case, unit="MS")
    assert (after.unit, after.asked_on, after.housing_since) == (case.unit, case.asked_on, case.housing_since)
    assert after.terms.version == 2


def test_another_mode_gives_up_the_unit_and_asks_for_a_new_signature() -> None:
    case = a_booked_case()
    after = adapted(
        case, on=date(2025, 12, 10), housing_mode=HousingMode.STIPEND, pay_package=stipend_terms().pay_package
    )
    assert after.unit is None
    assert [(gone.unit, gone.reason, gone.released_on) for gone in after.releases] == [
        (case.unit, "mode_changed", date(2025, 12, 10))
    ]
    assert after.releases[0].is_unchecked
    assert not after.has_agreement


def test_from_stipend_to_unit_the_clinicians_own_housing_falls_away() -> None:
    own = confirm_own_housing(a_case(stipend_terms()), "55802", today=TODAY)
    after = adapted(own, housing_mode=HousingMode.AGENCY_UNIT, pay_package=some_pay())
    assert (after.own_housing, after.releases) == (None, ())


def test_another_facility_gives_up_what_was_arranged_for_the_first() -> None:
    after = adapted(a_held_case(), facility_id="fac_2")
    assert after.facility_id == "fac_2"
    assert [(gone.reason, gone.is_unchecked) for gone in after.releases] == [("facility_changed", False)]


def test_follow_takes_the_state_until_the_end() -> None:
    assert follow(a_case(), State.CLEARED).assignment_state is State.CLEARED
    over = close(a_case(), an_end(State.FELL_OFF, TODAY))
    assert follow(over, State.ACTIVE) == over


def test_follow_facility_takes_the_time_zone_until_the_end() -> None:
    moved = a_facility(time_zone="America/Denver", client_id="cli_2")
    assert follow_facility(a_case(), moved) == a_case(time_zone="America/Denver")
    over = close(a_case(), an_end(State.FELL_OFF, TODAY))
    assert follow_facility(over, moved) == over


@pytest.mark.parametrize("state", [State.FELL_OFF, State.NO_SHOW, State.DECLINED])
def test_an_assignment_that_never_began_gives_up_the_whole_unit(state: State) -> None:
    case = a_booked_case()
    over = close(case, an_end(state, date(2025, 12, 20)))
    assert over.unit is None
    assert [(gone.unit, gone.reason) for gone in over.releases] == [(case.unit, state.value)]
    assert str(over.releases[0].at_stake) == "5520.00"  # 92 nights at 60.00


def test_a_hold_given_up_costs_nothing() -> None:
    over = close(a_held_case(), an_end(State.FELL_OFF, TODAY))
    assert [(gone.is_unchecked, gone.at_stake.cents) for gone in over.releases] == [(False, 0)]


def test_a_completed_assignment_keeps_its_booking_for_the_check_out() -> None:
    case = a_booked_case(assignment_state=State.ACTIVE)
    over = close(case, an_end(State.COMPLETED, date(2026, 4, 5)))
    assert (over.unit, over.releases, over.is_closed) == (case.unit, (), True)


def test_a_terminated_assignment_gives_up_only_the_nights_after_departure() -> None:
    over = close(a_booked_case(assignment_state=State.ACTIVE), an_end(State.TERMINATED, date(2026, 2, 10)))
    assert over.unit is not None
    assert over.unit.nights == Period(date(2026, 1, 4), date(2026, 2, 11))
    [gone] = over.releases
    assert gone.unit.booking == Booking(reference="HV-100", nights=Period(date(2026, 2, 11), date(2026, 4, 6)))
    assert str(gone.at_stake) == "3240.00"  # 54 nights at 60.00


@given(some.sampled_from([State.COMPLETED, State.TERMINATED]), some.dates(date(2026, 1, 1), date(2026, 5, 1)))
def test_no_booked_night_is_lost_or_counted_twice_when_the_stay_ends(state: State, on: date) -> None:
    case = a_booked_case(assignment_state=State.ACTIVE)
    over = close(case, an_end(state, on))
    units = [*([over.unit] if over.unit else []), *(gone.unit for gone in over.releases)]
    nights = [night for unit in units if unit.booking for night in unit.booking.nights.days()]
    assert sorted(nights) == list(case.stay.days())


def test_closing_twice_or_adapting_after_the_end_changes_nothing() -> None:
    over = close(a_booked_case(), an_end(State.FELL_OFF, TODAY))
    assert close(over, an_end(State.COMPLETED, date(2026, 4, 5))) == over
    assert adapted(over, end_date=date(2026, 6, 1)) == over
