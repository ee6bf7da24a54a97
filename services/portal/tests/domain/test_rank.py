"""When a work item counts as due: cases with their arithmetic, and what holds for all."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.rank import Rank, Reason, Start, rank_of

DUE = datetime(2026, 1, 2, 23, tzinfo=UTC)
MONDAY = Start(on=date(2026, 1, 5), time_zone="America/Chicago")
FAR_AWAY = Start(on=date(2026, 3, 2), time_zone="America/Chicago")
SUMMER_TIME = Start(on=date(2026, 3, 9), time_zone="America/Chicago")
BEFORE_SUMMER_TIME = datetime(2026, 3, 8, 14, tzinfo=UTC)


def ranked(due_at: datetime = DUE, **facts: object) -> Rank:
    given_facts = {"start": None, "money_at_stake_cents": None, "weight": 15, "stalled": None} | facts
    return rank_of(due_at, **given_facts)  # type: ignore[arg-type]


# due 2026-01-02 23:00; the start is Monday, 5 January, in Chicago, six hours behind UTC: 09:00 there is 15:00
CASES = {
    "nothing presses": ({}, DUE, ()),
    "due long before the start": ({"start": FAR_AWAY}, DUE, ()),
    "due before the last moment, which is Sunday 15:00": ({"start": MONDAY}, DUE, ()),
    "due after the start: Sunday 4 January 15:00, 64 hours before Wednesday 7 January 07:00": (
        {"due_at": datetime(2026, 1, 7, 7, tzinfo=UTC), "start": MONDAY},
        datetime(2026, 1, 4, 15, tzinfo=UTC),
        (Reason(code="start", minutes=64 * 60, fact="2026-01-05"),),
    ),
    "thirty minutes of effort are still one day": (
        {"due_at": datetime(2026, 1, 4, 16, tzinfo=UTC), "start": MONDAY, "weight": 30},
        datetime(2026, 1, 4, 15, tzinfo=UTC),
        (Reason(code="start", minutes=60, fact="2026-01-05"),),
    ),
    "one minute more are two days: Saturday 15:00, 25 hours earlier": (
        {"due_at": datetime(2026, 1, 4, 16, tzinfo=UTC), "start": MONDAY, "weight": 31},
        datetime(2026, 1, 3, 15, tzinfo=UTC),
        (Reason(code="start", minutes=25 * 60, fact="2026-01-05"),),
    ),
    "over two hours of effort are three days: Friday 15:00, 8 hours before it is due": (
        {"start": MONDAY, "weight": 121},
        datetime(2026, 1, 2, 15, tzinfo=UTC),
        (Reason(code="start", minutes=8 * 60, fact="2026-01-05"),),
    ),
    "the clocks go forward on 8 March: 09:00 is 14:00 UTC": (
        {"due_at": BEFORE_SUMMER_TIME + timedelta(minutes=1), "start": SUMMER_TIME},
        BEFORE_SUMMER_TIME,
        (Reason(code="start", minutes=1, fact="2026-03-09"),),
    ),
    "999.99 dollars are not 1,000": ({"money_at_stake_cents": 99_999}, DUE, ()),
    "3,259 dollars: 3 × 4 hours": (
        {"money_at_stake_cents": 325_900},
        DUE - timedelta(hours=12),
        (Reason(code="money", minutes=720, fact="325900"),),
    ),
    "18,000 dollars: 18 × 4 = 72 hours": (
        {"money_at_stake_cents": 1_800_000},
        DUE - timedelta(hours=72),
        (Reason(code="money", minutes=4320, fact="1800000"),),
    ),
    "a million dollars: no more than 72 hours": (
        {"money_at_stake_cents": 100_000_000},
        DUE - timedelta(hours=72),
        (Reason(code="money", minutes=4320, fact="100000000"),),
    ),
    "it holds up a blocked workstream: 24 hours": (
        {"stalled": "blocked"},
        DUE - timedelta(hours=24),
        (Reason(code="stalled", minutes=1440, fact="blocked"),),
    ),
    "all together: 8 hours before the start, 4 for money, 24 for the workstream": (
        {"start": MONDAY, "weight": 121, "money_at_stake_cents": 100_000, "stalled": "at_risk"},
        DUE - timedelta(hours=36),
        (
            Reason(code="start", minutes=480, fact="2026-01-05"),
            Reason(code="money", minutes=240, fact="100000"),
            Reason(code="stalled", minutes=1440, fact="at_risk"),
        ),
    ),
}


@pytest.mark.parametrize(("facts", "rank_at", "reasons"), CASES.values(), ids=CASES)
def test_an_item_counts_as_due_when_the_rule_says(
    facts: dict[str, object], rank_at: datetime, reasons: tuple[Reason, ...]
) -> None:
    assert ranked(**facts) == Rank(rank_at=rank_at, reasons=reasons)  # type: ignore[arg-type]


instants = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  # bounds
starts = st.builds(
    Start,
    on=st.dates(date(2026, 1, 1), date(2027, 1, 1)),
    time_zone=st.sampled_from(["America/New_York", "America/Phoenix", "Pacific/Honolulu"]),
)
facts_besides = st.fixed_dictionaries(
    {"start": st.none() | starts, "weight": st.integers(1, 600), "stalled": st.sampled_from([None, "blocked"])}
)
money = st.none() | st.integers(0, 10_000_000)


@given(due_at=instants, facts=facts_besides, cents=st.integers(0, 10_000_000), more=st.integers(0, 10_000_000))
def test_more_money_at_stake_never_counts_as_due_later(
    due_at: datetime, facts: dict[str, object], cents: int, more: int
) -> None:
    with_more = ranked(due_at, money_at_stake_cents=cents + more, **facts)
    assert with_more.rank_at <= ranked(due_at, money_at_stake_cents=cents, **facts).rank_at


@given(due_at=instants, sooner=st.timedeltas(timedelta(0), timedelta(days=30)), facts=facts_besides, cents=money)
def test_what_is_due_earlier_never_counts_as_due_later(
    due_at: datetime, sooner: timedelta, facts: dict[str, object], cents: int | None
) -> None:
    earlier = ranked(due_at - sooner, money_at_stake_cents=cents, **facts)
    assert earlier.rank_at <= ranked(due_at, money_at_stake_cents=cents, **facts).rank_at


@given(due_at=instants, facts=facts_besides, cents=money)
def test_reasons_add_up_to_what_an_item_was_brought_forward(
    due_at: datetime, facts: dict[str, object], cents: int | None
) -> None:
    rank = ranked(due_at, money_at_stake_cents=cents, **facts)
    assert (due_at - rank.rank_at) // timedelta(minutes=1) == sum(reason.minutes for reason in rank.reasons)
    assert rank.rank_at <= due_at


@given(due_at=instants, start=starts, weight=st.integers(1, 600))
def test_what_an_assignment_needs_is_never_due_after_the_morning_before_its_start(
    due_at: datetime, start: Start, weight: int
) -> None:
    midnight = datetime(start.on.year, start.on.month, start.on.day, tzinfo=UTC)  # the zones lie west of it
    assert ranked(due_at, start=start, weight=weight).rank_at < midnight
