"""The funnel in SQL says what its rule says and counts whom the cohort asks for."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from portal.domain.funnel import Course, Outcome, outcome_of
from portal.storage import funnel
from portal.storage.funnel import Cohort
from services.portal.tests.storage.rows import NOON, an_assignment, put
from shared.principal import system
from shared.reach import Reach

TODAY = date(2026, 2, 2)
ALL = Cohort(today=TODAY, zone="America/Chicago")


@pytest.fixture
async def work(works):
    async with works.begin(system("portal")) as work:
        yield work
        work.abandon()


def some_course(chance):
    """One of all the ways there are; days lie around today."""

    def some_day():
        return TODAY + timedelta(days=chance.randint(-30, 5))

    return {
        "first_start_date": some_day(),
        "cleared_at": chance.choice([None, NOON]),
        "started_on": chance.choice([None, some_day(), TODAY, TODAY - timedelta(days=14)]),
        "ended_on": chance.choice([None, TODAY]),
        "is_paid_right": chance.choice([None, None, True, False]),
    }


async def test_the_statement_and_the_rule_judge_every_course_alike(engine, work):
    chance = Random(7)
    rows = [an_assignment(number, **some_course(chance)) for number in range(600)]
    await put(engine, rows)
    expected = Counter(
        outcome_of(
            Course(
                is_cleared=row["cleared_at"] is not None,
                is_over=row["ended_on"] is not None,
                promised_on=row["first_start_date"],
                started_on=row["started_on"],
                is_paid_right=row["is_paid_right"],
            ),
            today=TODAY,
        )
        for row in rows
    )
    assert set(expected) == set(Outcome)
    found = await funnel.counted(work.session, ALL, by="discipline")
    assert {Outcome(row.outcome): row.number for row in found} == expected
    assert sum(row.value for row in found) == 600 * 331_200


async def test_months_are_the_agencys(engine, work):
    """Ten minutes before midnight in Chicago it is December there and January in UTC."""
    eve = datetime(2026, 1, 1, 5, 50, tzinfo=UTC)
    await put(engine, [an_assignment(1, accepted_at=eve), an_assignment(2, accepted_at=eve + timedelta(minutes=10))])
    found = await funnel.counted(work.session, ALL, by="month")
    assert sorted((row.group, row.number) for row in found) == [("2025-12", 1), ("2026-01", 1)]


async def test_a_cohort_counts_only_whom_it_asks_for(engine, work):
    await put(
        engine,
        [
            an_assignment(1),
            an_assignment(2, client_id="cli_2"),
            an_assignment(3, work_state="NM"),
            an_assignment(4, discipline="LPN"),
            an_assignment(5, accepted_at=NOON - timedelta(days=40)),
            an_assignment(6, accepted_at=None),
        ],
    )

    async def count(**asked):
        cohort = Cohort(today=TODAY, zone="America/Chicago", **asked)
        return sum(row.number for row in await funnel.counted(work.session, cohort, by="client"))

    assert await count() == 5
    assert await count(client_id="cli_2") == 1
    assert await count(work_state="NM") == 1
    assert await count(discipline="LPN") == 1
    assert await count(since=NOON) == 4
    assert await count(until=NOON) == 1
    assert await count(client_id="cli_2", discipline="LPN") == 0


async def test_medians_are_whole_days_of_those_who_took_the_step(engine, work):
    def cleared(number, days):
        return an_assignment(number, cleared_at=NOON + timedelta(days=days))

    started = an_assignment(
        9, cleared_at=NOON, started_on=date(2025, 12, 11), first_paid_on=date(2025, 12, 19), is_paid_right=True
    )
    await put(engine, [cleared(1, 3), cleared(2, 5), cleared(3, 40), an_assignment(4), started])
    found = await funnel.median_days(work.session, ALL)
    assert (found.to_clear, found.to_start, found.to_pay) == (3, 10, 8)  # of 0 3 5 40: the second; 11 − 1; 19 − 11


async def test_who_began_before_the_clearance_waited_no_days_and_who_has_not_begun_is_left_out(engine, work):
    def began(number, day):
        return an_assignment(number, cleared_at=NOON, started_on=date(2025, 12, day))

    early = an_assignment(1, cleared_at=NOON + timedelta(days=30), started_on=date(2025, 12, 11))
    waits = [an_assignment(number, cleared_at=NOON) for number in (5, 6, 7, 8)]
    await put(engine, [early, began(2, 13), began(3, 15), *waits])
    assert (await funnel.median_days(work.session, ALL)).to_start == 12  # of 0 12 14
    await put(engine, [an_assignment(9, cleared_at=NOON + timedelta(days=30), started_on=date(2025, 12, 11))])
    assert (await funnel.median_days(work.session, ALL)).to_start == 0  # of 0 0 12 14


async def test_medians_of_nobody_are_unknown(work):
    assert tuple(await funnel.median_days(work.session, ALL)) == (None, None, None)


async def test_losses_are_counted_by_how_and_why(engine, work):
    over = {"is_open": False, "ended_on": TODAY}
    await put(
        engine,
        [
            an_assignment(1, state="fell_off", end_reason="took another offer", **over),
            an_assignment(2, state="fell_off", end_reason="took another offer", **over),
            an_assignment(3, state="declined", end_reason=None, **over),
            an_assignment(4, state="completed", started_on=TODAY, **over),
        ],
    )
    found = [tuple(row) for row in await funnel.reasons(work.session, ALL)]
    assert found == [("fell_off", "took another offer", 2), ("declined", None, 1)]


async def test_weeks_count_promised_starts_that_are_decided(engine, work):
    monday = date(2026, 1, 26)
    await put(
        engine,
        [
            an_assignment(1, first_start_date=monday, started_on=monday, cleared_at=NOON),
            an_assignment(2, first_start_date=monday + timedelta(days=6), cleared_at=NOON),
            an_assignment(3, first_start_date=monday - timedelta(days=1), started_on=monday, cleared_at=NOON),
            an_assignment(4, first_start_date=TODAY, cleared_at=NOON),
        ],
    )
    found = await funnel.on_time_by_week(work.session, ALL, first=date(2026, 1, 5))
    assert [tuple(row) for row in found] == [(date(2026, 1, 19), 0, 1), (monday, 1, 1)]


async def test_only_what_is_reached_is_counted(engine, works):
    await put(engine, [an_assignment(1), an_assignment(2, facility_id="fac_2"), an_assignment(3, facility_id="fac_2")])
    async with works.begin(system("portal"), reach=Reach(facility_id=frozenset({"fac_2"}))) as work:
        counted = await funnel.counted(work.session, ALL, by="client")
        choices = await funnel.choices(work.session)
        work.abandon()
    assert [row.number for row in counted] == [2]
    assert [tuple(row) for row in choices] == [("client", "cli_1"), ("discipline", "RN"), ("state", "MN")]
