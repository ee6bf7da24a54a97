"""Rows keep plans whole, and the migrations make what the code declares."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from services.timekeeping.tests.builders import (
    a_day_worked,
    a_facility,
    a_grant,
    a_plan,
    a_ready_plan,
    a_revocation,
    adapted,
    new_ids,
    utc,
)
from shared.contracts.terms import Weekday
from shared.db.bulk import Overtaken
from shared.db.work import Works
from shared.principal import Principal
from shared.testing.drift import drift
from timekeeping.domain.commands import record_missed, record_worked
from timekeeping.domain.plan import Plan, follow_clearance
from timekeeping.domain.shift import MissedReason
from timekeeping.storage import plans
from timekeeping.storage.tables import metadata

READER = Principal(subject="reader")
MON, TUE = date(2026, 1, 5), date(2026, 1, 6)


def a_plan_with_a_past() -> Plan:
    """Approvers, a clearance that was lost, a worked, a missed and a void shift, and a second version of the terms."""
    plan = adapted(a_ready_plan(), effective_on=date(2026, 3, 2), end_date=date(2026, 3, 29))
    plan = follow_clearance(plan, a_grant(date(2026, 3, 31)), at=utc("2026-01-02T15:00"))
    plan = follow_clearance(plan, a_revocation(), at=utc("2026-01-20T15:00"))
    plan, _ = record_worked(plan, MON, worked=a_day_worked(MON), new_id=new_ids(900))
    return record_missed(plan, TUE, reason=MissedReason.NO_SHOW)[0]


async def test_migrations_make_the_declared_tables(engine: AsyncEngine) -> None:
    assert await drift(engine, metadata) == []


async def test_a_plan_comes_back_as_it_went(works: Works) -> None:
    plan = a_plan_with_a_past()
    async with works.begin(READER) as work:
        saved = await plans.save(work.session, plan)
    async with works.begin(READER) as work:
        assert await plans.to_read(work.session, plan.plan_id) == saved
    assert saved == replace(plan, version=1)


async def test_a_save_from_an_older_version_is_refused_and_changes_nothing(works: Works) -> None:
    async with works.begin(READER) as work:
        first = await plans.save(work.session, a_plan())
    async with works.begin(READER) as work:
        second = await plans.save(work.session, first)
    with pytest.raises(Overtaken):
        async with works.begin(READER) as work:
            await plans.save(work.session, first)
    async with works.begin(READER) as work:
        assert await plans.to_read(work.session, first.plan_id) == second


async def test_an_assignment_has_one_plan(works: Works) -> None:
    async with works.begin(READER) as work:
        await plans.save(work.session, a_plan())
    with pytest.raises(IntegrityError):
        async with works.begin(READER) as work:
            await plans.save(work.session, a_plan(plan_id="pln_other"))


async def test_open_plans_under_other_clocks_are_found(works: Works) -> None:
    others: dict[str, dict[str, Any]] = {
        "pln_zone": {"time_zone": "America/Denver"},
        "pln_week": {"workweek_starts": Weekday.MON},
        "pln_same": {},
        "pln_over": {"time_zone": "America/Denver", "ended_on": MON},
        "pln_else": {"time_zone": "America/Denver", "facility_id": "fac_2"},
    }
    async with works.begin(READER) as work:
        for plan_id, differs in others.items():
            await plans.save(work.session, a_plan(plan_id=plan_id, assignment_id=f"asg_{plan_id}", **differs))
        found = await plans.open_under_other_clocks(work.session, a_facility())
    assert [plan.plan_id for plan in found] == ["pln_week", "pln_zone"]
