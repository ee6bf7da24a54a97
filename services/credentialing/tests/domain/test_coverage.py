"""What a credential is worth for the days of an assignment: strict or renewed, in its season, over midnight."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credentialing.domain.coverage import Cover, Rule, cover, covers_shift, uncovered_shifts
from credentialing.domain.validity import Lack, Life, Mode, MustCover, Need, Season, Validity
from shared.periods import Period

START, END = date(2026, 11, 30), date(2027, 2, 27)
PRINTED = Validity(printed_expiry=True)
TO_THE_END = Rule(validity=PRINTED, must_cover=MustCover.ASSIGNMENT_END)
RENEWED = Rule(validity=PRINTED, must_cover=MustCover.ASSIGNMENT_END, mode=Mode.RENEW_BY)
FLU = Rule(validity=Validity(season=Season(first=(10, 1), last=(3, 31))), must_cover=MustCover.SEASON)


def need(start: date = START, end: date = END, on: date | None = None, *, night: bool = False) -> Need:
    return Need(days=Period.through(start, end), on=on or start - timedelta(days=7), is_overnight=night)


def until(expires: date) -> Life:
    return Life(issued_on=date(2025, 1, 1), expires_on=expires)


def of(issued: str) -> Life:
    return Life(issued_on=date.fromisoformat(issued))


def test_a_lapse_inside_the_assignment_is_refused_or_renewed_as_the_rule_says() -> None:
    day = END - timedelta(days=1)
    strict, renewed = cover(until(day), need(), rule=TO_THE_END), cover(until(day), need(), rule=RENEWED)
    assert strict == Cover(lack=Lack.EXPIRES_BEFORE_END, valid_through=day, first_uncovered=END)
    assert renewed == Cover(valid_through=day, first_uncovered=END, blocks_from=END)


def test_a_night_shift_needs_the_day_it_ends_on() -> None:
    assert cover(until(END), need(), rule=TO_THE_END).lack is None
    assert cover(until(END), need(night=True), rule=TO_THE_END).lack is Lack.EXPIRES_BEFORE_END
    night = cover(until(date(2026, 12, 31)), need(night=True), rule=RENEWED)
    assert (night.first_uncovered, night.blocks_from) == (date(2027, 1, 1), date(2026, 12, 31))


def test_what_ran_out_is_not_renewed_by_leaving_it_so() -> None:
    today = date(2027, 1, 1)
    assert cover(until(date(2026, 12, 31)), need(on=today), rule=RENEWED).lack is Lack.EXPIRES_BEFORE_END
    assert cover(until(START - timedelta(days=1)), need(), rule=RENEWED).lack is Lack.EXPIRES_BEFORE_START


@pytest.mark.parametrize(
    ("case", "given_on", "assignment", "expected"),
    [
        ("given for this season", "2026-09-20", (date(2026, 11, 1), date(2027, 1, 31)), None),
        ("given last season", "2025-10-10", (date(2026, 11, 1), date(2027, 1, 31)), Lack.OF_ANOTHER_SEASON),
        ("given in the spring before", "2026-05-10", (date(2026, 11, 1), date(2027, 1, 31)), Lack.OF_ANOTHER_SEASON),
        ("given before the turn of the year it began", "2026-10-10", (date(2027, 1, 10), date(2027, 3, 1)), None),
        ("no season in the assignment", "2020-10-10", (date(2026, 4, 6), date(2026, 7, 4)), None),
        ("last season's, and the next begins inside", "2025-10-10", (date(2026, 9, 14), date(2026, 12, 12)),
         Lack.OF_ANOTHER_SEASON),
    ],
)  # fmt: skip
def test_a_dose_counts_for_its_own_season(
    case: str, given_on: str, assignment: tuple[date, date], expected: Lack | None
) -> None:
    assert cover(of(given_on), need(*assignment), rule=FLU).lack is expected, case


def test_a_second_season_inside_the_assignment_asks_again_from_its_first_day() -> None:
    found = cover(of("2026-10-05"), need(date(2027, 2, 1), date(2027, 11, 30)), rule=FLU)
    assert found == Cover(
        valid_through=date(2027, 3, 31), first_uncovered=date(2027, 10, 1), blocks_from=date(2027, 10, 1)
    )


def test_a_decision_window_is_counted_to_the_day_of_the_decision() -> None:
    rule, life = Rule(validity=Validity(decision_days=120)), of("2026-07-01")
    undecided = need(on=date(2026, 10, 30))
    assert cover(life, undecided, rule=rule).lack is Lack.TOO_OLD_FOR_DECISION
    decided = Need(days=undecided.days, on=undecided.on, decided_on=date(2026, 10, 29))
    assert cover(life, decided, rule=rule).lack is None


def test_a_break_in_covered_work_ends_what_depends_on_it() -> None:
    rule = Rule(validity=Validity(max_age_months=60, break_days=90), must_cover=MustCover.ASSIGNMENT_END)
    last = START - timedelta(days=90)
    kept = Life(issued_on=date(2024, 1, 1), worked_through=last)
    broken = Life(issued_on=date(2024, 1, 1), worked_through=last - timedelta(days=1))
    assert cover(kept, need(), rule=rule).lack is None
    assert cover(broken, need(), rule=rule).lack is Lack.BREAK_TOO_LONG


def test_the_end_of_the_month_is_added_to_the_age_and_not_to_the_print() -> None:
    rule = Rule(validity=Validity(max_age_months=24, end_of_month=True), must_cover=MustCover.ASSIGNMENT_END)
    assert cover(of("2025-02-03"), need(), rule=rule) == Cover(valid_through=date(2027, 2, 28))
    printed = Life(issued_on=date(2025, 2, 3), expires_on=date(2027, 2, 3))
    assert cover(printed, need(), rule=rule).lack is Lack.EXPIRES_BEFORE_END


def test_a_screen_that_may_trail_may_be_taken_after_the_start() -> None:
    screen = Validity(window_days=30)
    late = Life(issued_on=START + timedelta(days=5))
    assert cover(late, need(), rule=Rule(validity=screen)).lack is Lack.NOT_VALID_AT_START
    assert cover(late, need(), rule=Rule(validity=screen, trails_days=5)).lack is None


def test_a_shift_is_covered_when_every_date_it_touches_is() -> None:
    night = (date(2026, 12, 31), date(2027, 1, 1))
    assert not covers_shift(date(2026, 12, 31), night)
    assert covers_shift(date(2027, 1, 1), night)
    assert covers_shift(None, night)


def test_shifts_between_the_old_last_day_and_a_late_verification_are_uncovered() -> None:
    shifts = tuple(date(2026, 6, day) for day in (1, 2, 3, 5))
    assert uncovered_shifts(date(2026, 5, 31), date(2026, 6, 3), shifts=shifts) == shifts[:2]
    assert uncovered_shifts(date(2026, 5, 31), None, shifts=shifts) == shifts
    assert uncovered_shifts(date(2026, 6, 30), date(2026, 7, 5), shifts=shifts) == ()


@given(st.integers(-60, 200), st.integers(-20, 150), st.booleans())
def test_renewing_blocks_exactly_the_shifts_that_being_strict_would_have_refused(
    expires: int, today: int, night: bool
) -> None:
    """INVARIANT: where a rule lets a credential run out, no shift that touches an uncovered date stays open.

    What breaks it: blocking from the first uncovered date where shifts go over midnight.
    """
    life, asked = until(START + timedelta(days=expires)), need(on=START + timedelta(days=today), night=night)
    strict, renewed = cover(life, asked, rule=TO_THE_END), cover(life, asked, rule=RENEWED)
    if renewed.lack is not None:
        assert strict.lack is not None
    elif strict.lack is not None:
        assert renewed.blocks_from is not None
        last_open = renewed.blocks_from - timedelta(days=1)
        assert covers_shift(life.expires_on, (last_open, last_open + timedelta(days=night)))
        assert not covers_shift(life.expires_on, (renewed.blocks_from, renewed.blocks_from + timedelta(days=night)))
