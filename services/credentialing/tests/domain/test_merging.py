"""How the values of several rules unite."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credentialing.domain.requirement import BoundTo, Confirmer, Waivable
from credentialing.domain.rulebook.ask import VALUES, Ask, usual
from credentialing.domain.rulebook.catalogue.whole import CATALOGUE
from credentialing.domain.rulebook.merging import CONFIRMERS, COVERS, MERGES, Said, merged
from credentialing.domain.validity import Mode, MustCover, Season
from shared.contracts.terms import Weekday


def together(*asks: Ask) -> Ask:
    return merged([Said(rule=f"rule-{number}", ask=ask) for number, ask in enumerate(asks)]).ask


@pytest.mark.parametrize(
    ("name", "one", "other", "united"),
    [
        ("max_age_months", 12, 24, 12),
        ("window_before_start", 365, 30, 30),
        ("window_before_decision", 120, 90, 90),
        ("monitor_days", 31, 7, 7),
        ("break_days", 90, 60, 60),
        ("lookback_years", 7, 3, 7),
        ("panel", ("thc", "pcp"), ("synthetics", "thc"), ("pcp", "synthetics", "thc")),
        ("issuers", ("ARC", "AHA"), ("AHA",), ("AHA",)),
        ("issuers", ("AHA",), ("ARC",), ()),
        ("satisfied_by", ("A", "B"), ("B", "C"), ("B",)),
        ("must_cover", MustCover.ASSIGNMENT_END, MustCover.START, MustCover.ASSIGNMENT_END),
        ("must_cover", MustCover.PACKET_DUE, MustCover.START, MustCover.PACKET_DUE),
        ("mode", Mode.RENEW_BY, Mode.STRICT, Mode.STRICT),
        ("waivable", Waivable.FACILITY, Waivable.NEVER, Waivable.NEVER),
        ("waivable", Waivable.FACILITY_OR_AGENCY, Waivable.FACILITY, Waivable.FACILITY),
        ("confirmed_by", Confirmer.SOURCE, Confirmer.CLIENT, Confirmer.CLIENT),
        ("due_days_before_start", 3, 7, 7),
        ("trails_days", 10, 5, 5),
        ("trails_days", None, 5, None),
        ("bound_to", BoundTo.CLINICIAN, BoundTo.STATE, BoundTo.STATE),
        ("printed_expiry", False, True, True),
        ("obtain_days", 2, 5, 5),
        ("season", Season(first=(10, 1), last=(3, 31)), Season(first=(9, 15), last=(2, 28)),
         Season(first=(9, 15), last=(3, 31))),
    ],
)  # fmt: skip
def test_the_stricter_value_wins_in_either_order(name: str, one: Any, other: Any, united: Any) -> None:
    asks = [Ask(**{name: one}), Ask(**{name: other})]
    assert getattr(together(*asks), name) == united
    assert getattr(together(*asks[::-1]), name) == united


@pytest.mark.parametrize(
    ("case", "one", "other", "united"),
    [
        ("a smaller age has its own month", Ask(max_age_months=24, end_of_month=True), Ask(max_age_months=12), None),
        ("and its own end", Ask(max_age_months=24), Ask(max_age_months=12, end_of_month=True), True),
        ("equal ages: only if both say so", Ask(max_age_months=24, end_of_month=True), Ask(max_age_months=24), None),
    ],
)  # fmt: skip
def test_a_whole_last_month_counts_with_the_smallest_age(case: str, one: Ask, other: Ask, united: bool | None) -> None:
    assert together(one, other).end_of_month is united, case
    assert together(other, one).end_of_month is united, case


def test_weekdays_before_the_start_are_kept_until_the_start_is_known() -> None:
    asks = (Ask(due_weekday_before_start=Weekday.MON), Ask(due_weekday_before_start=Weekday.WED))
    said = [Said(rule="one", ask=ask) for ask in asks]
    assert merged(said).weekdays == (Weekday.MON, Weekday.WED)


def test_every_value_of_a_rule_has_a_way_to_unite() -> None:
    besides = {"end_of_month", "trails_days", "due_weekday_before_start"}
    assert {*MERGES, *besides} == set(VALUES)
    assert (set(COVERS), len(COVERS)) == (set(MustCover), len(MustCover))
    assert set(CONFIRMERS) == set(Confirmer)


WORDS = st.lists(st.sampled_from("abcd"), unique=True).map(tuple)
ASKS = st.builds(
    Ask,
    must_cover=st.none() | st.sampled_from(MustCover),
    mode=st.none() | st.sampled_from(Mode),
    waivable=st.none() | st.sampled_from(Waivable),
    confirmed_by=st.none() | st.sampled_from(Confirmer),
    max_age_months=st.none() | st.integers(1, 60),
    window_before_start=st.none() | st.integers(1, 400),
    issuers=st.none() | WORDS,
    panel=st.none() | WORDS,
    lookback_years=st.none() | st.integers(1, 10),
    trails_days=st.none() | st.integers(1, 30),
    due_days_before_start=st.none() | st.integers(0, 30),
)


@given(ASKS, ASKS, ASKS)
def test_uniting_is_the_same_in_any_order_and_twice(one: Ask, other: Ask, third: Ask) -> None:
    every = together(one, other, third)
    assert together(third, one, other) == every
    assert together(together(one, other), third) == every
    assert together(every, one, other, third) == every
    assert together(one, one) == together(one)


@pytest.mark.parametrize("code", list(CATALOGUE))
def test_no_rule_makes_looser_what_another_asks_at_the_usual_values(code: str) -> None:
    shipped = usual(CATALOGUE[code])
    looser = Ask(max_age_months=600, window_before_start=3650, waivable=Waivable.FACILITY_OR_AGENCY, monitor_days=366)
    united = together(shipped, looser)
    for name in ("max_age_months", "window_before_start", "waivable", "monitor_days", "must_cover"):
        wanted = getattr(shipped, name)
        assert wanted is None or getattr(united, name) == wanted
