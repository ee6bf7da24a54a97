"""How long a credential is good. Golden values: the field's test vectors CV-025 to CV-032."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credentialing.domain.coverage import lack
from credentialing.domain.validity import (
    Lack,
    Life,
    MustCover,
    Need,
    Validity,
    months_after,
    valid_through,
)
from shared.periods import Period

PRINTED = Validity(printed_expiry=True)
DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2060, 12, 31))


def need(start: str, end: str, on: str | None = None) -> Need:
    days = Period.through(date.fromisoformat(start), date.fromisoformat(end))
    return Need(days=days, on=date.fromisoformat(on) if on else days.start - timedelta(days=7))


def life(issued: str, expires: str | None = None) -> Life:
    return Life(issued_on=date.fromisoformat(issued), expires_on=date.fromisoformat(expires) if expires else None)


WINTER = need("2026-11-30", "2027-02-27")


@pytest.mark.parametrize(
    ("case", "validity", "must_cover", "held", "needed", "expected"),
    [
        (
            "expires on the last day of the assignment (CV-025)",
            PRINTED,
            MustCover.ASSIGNMENT_END,
            life("2025-01-01", "2027-02-27"),
            WINTER,
            None,
        ),
        (
            "expires one day before the end (CV-026)",
            PRINTED,
            MustCover.ASSIGNMENT_END,
            life("2025-01-01", "2027-02-26"),
            WINTER,
            Lack.EXPIRES_BEFORE_END,
        ),
        (
            "expires one day before the start",
            PRINTED,
            MustCover.START,
            life("2025-01-01", "2026-11-29"),
            WINTER,
            Lack.EXPIRES_BEFORE_START,
        ),
        (
            "twelve months from the day it was read (CV-028)",
            Validity(max_age_months=12),
            MustCover.ASSIGNMENT_END,
            life("2026-02-28"),
            WINTER,
            None,
        ),
        (
            "a card of 29 February is good on 28 February two years later (CV-029)",
            Validity(max_age_months=24),
            MustCover.START,
            life("2024-02-29"),
            need("2026-02-28", "2026-05-23"),
            None,
        ),
        (
            "a screen exactly 30 days before the start (CV-031)",
            Validity(window_days=30),
            MustCover.START,
            life("2026-11-07"),
            need("2026-12-07", "2027-03-06"),
            None,
        ),
        (
            "a screen 31 days before the start",
            Validity(window_days=30),
            MustCover.START,
            life("2026-11-06"),
            need("2026-12-07", "2027-03-06"),
            Lack.TOO_OLD_FOR_START,
        ),
        (
            "a look-up after the start is fresh enough",
            Validity(monitor_days=31),
            MustCover.START,
            life("2026-12-20"),
            need("2026-11-30", "2027-02-27", on="2026-12-20"),
            None,
        ),
        (
            "a licence that begins after the start",
            PRINTED,
            MustCover.ASSIGNMENT_END,
            life("2026-12-01", "2028-12-01"),
            WINTER,
            Lack.NOT_VALID_AT_START,
        ),
        (
            "a renewal made while the assignment runs",
            PRINTED,
            MustCover.ASSIGNMENT_END,
            life("2026-12-15", "2028-12-15"),
            need("2026-11-30", "2027-02-27", on="2026-12-16"),
            None,
        ),
        (
            "the shorter of print and age counts",
            Validity(max_age_months=12),
            MustCover.ASSIGNMENT_END,
            life("2026-01-31", "2028-01-31"),
            WINTER,
            Lack.EXPIRES_BEFORE_END,
        ),
    ],
)
def test_a_credential_covers_the_need_or_says_why_not(
    case: str, validity: Validity, must_cover: MustCover, held: Life, needed: Need, expected: Lack | None
) -> None:
    assert lack(held, needed, validity=validity, must_cover=must_cover) is expected, case


def test_a_card_of_29_february_runs_through_28_february() -> None:
    assert valid_through(Validity(max_age_months=24), life("2024-02-29")) == date(2026, 2, 28)


@given(DAYS, st.integers(0, 240))
def test_months_after_stays_in_the_month_it_names(day: date, months: int) -> None:
    later = months_after(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)


@given(DAYS, st.integers(1, 400), st.integers(0, 60), st.integers(1, 800))
def test_what_covers_the_end_covers_the_start(issued: date, ahead: int, months: int, length: int) -> None:
    start = issued + timedelta(days=ahead)
    needed = Need(days=Period(start, start + timedelta(days=length)), on=issued)
    rule, held = Validity(max_age_months=months), Life(issued_on=issued)
    if lack(held, needed, validity=rule, must_cover=MustCover.ASSIGNMENT_END) is None:
        assert lack(held, needed, validity=rule, must_cover=MustCover.START) is None
