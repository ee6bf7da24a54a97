"""Rows keep cases whole, and the migrations make what the code declares."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError

from housing.domain.changes import close
from housing.domain.commands import confirm_own_housing, record_liability
from housing.storage import cases
from housing.storage.tables import metadata
from services.housing.tests.builders import (
    TODAY,
    a_booked_case,
    a_case,
    adapted,
    an_end,
    stipend_terms,
)
from shared.contracts.assignments import State
from shared.contracts.terms import HousingMode
from shared.db.bulk import Overtaken
from shared.money import Money
from shared.principal import Principal
from shared.testing.drift import drift

READER = Principal(subject="reader")


async def test_migrations_make_the_declared_tables(engine):
    assert await drift(engine, metadata) == []


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(a_booked_case(), id="booked"),
        pytest.param(confirm_own_housing(a_case(stipend_terms()), "55802", today=TODAY), id="own housing"),
        pytest.param(
            adapted(
                a_booked_case(assignment_state=State.ACTIVE),
                on=date(2026, 3, 1),
                housing_mode=HousingMode.NOT_NEEDED,
            ),
            id="past costs",
        ),
        pytest.param(
            record_liability(close(a_booked_case(), an_end(State.FELL_OFF, TODAY)), 1, owed=Money.of("840.00")),
            id="released and owed",
        ),
    ],
)
async def test_a_case_comes_back_as_it_went(works, case):
    async with works.begin(READER) as work:
        saved = await cases.save(work.session, case)
    async with works.begin(READER) as work:
        assert await cases.to_read(work.session, case.case_id) == saved == replace(case, version=1)


async def test_a_save_from_an_older_version_is_refused_and_changes_nothing(works):
    async with works.begin(READER) as work:
        first = await cases.save(work.session, a_case())
    async with works.begin(READER) as work:
        second = await cases.save(work.session, first)
    with pytest.raises(Overtaken):
        async with works.begin(READER) as work:
            await cases.save(work.session, first)
    async with works.begin(READER) as work:
        assert await cases.to_read(work.session, first.case_id) == second


async def test_an_assignment_has_one_case(works):
    async with works.begin(READER) as work:
        await cases.save(work.session, a_case())
    with pytest.raises(IntegrityError):
        async with works.begin(READER) as work:
            await cases.save(work.session, a_case(case_id="cas_other"))


async def test_only_open_cases_of_the_facility_are_found_at_it(works):
    over = close(a_case(), an_end(State.FELL_OFF, TODAY))
    async with works.begin(READER) as work:
        here = await cases.save(work.session, a_case())
        for place, other in enumerate((over, a_case(facility_id="fac_2"))):
            await cases.save(work.session, replace(other, case_id=f"cas_o{place}", assignment_id=f"asg_o{place}"))
    async with works.begin(READER) as work:
        assert await cases.open_at_facility(work.session, "fac_1") == [here]
