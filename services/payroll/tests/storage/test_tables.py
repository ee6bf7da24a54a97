"""Rows keep values whole, and the migrations make what the code declares."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy.exc import IntegrityError

from payroll.domain.commands import accept_package
from payroll.domain.profile import close
from payroll.storage import held_pieces, profiles
from payroll.storage.tables import metadata
from services.payroll.tests.builders import TODAY, a_profile, an_end, receipts, terms_paying
from shared.contracts.assignments import State
from shared.contracts.terms import Bonus, BonusKind
from shared.db.bulk import Overtaken
from shared.principal import Principal
from shared.testing.drift import drift

READER = Principal(subject="reader")


async def test_migrations_make_the_declared_tables(engine):
    assert await drift(engine, metadata) == []


async def test_a_profile_comes_back_as_it_went(works):
    bonus = Bonus(kind=BonusKind.SIGN_ON, amount=Decimal("500.00"), due_on=date(2026, 2, 9))
    profile = a_profile(terms_paying(lodging_per_week=Decimal("900.00"), bonuses=(bonus,)), held=receipts("w4"))
    profile = accept_package(profile, "Rate is 191.", accepted_by="per_1", accepted_on=TODAY)
    async with works.begin(READER) as work:
        saved = await profiles.save(work.session, close(profile, an_end(State.FELL_OFF)))
    async with works.begin(READER) as work:
        assert await profiles.to_read(work.session, profile.profile_id) == saved
    assert (saved.version, saved.is_open) == (1, False)


async def test_a_piece_stays_as_it_came_first(works):
    for one in (receipts("w4"), [replace(*receipts("w4"), received_on=TODAY), *receipts("pay_method")], ()):
        async with works.begin(READER) as work:
            await held_pieces.keep(work.session, "cln_1", receipts=one)
    async with works.begin(READER) as work:
        assert await held_pieces.of_clinician(work.session, "cln_1") == list(receipts("pay_method", "w4"))
        assert await held_pieces.of_clinician(work.session, "cln_2") == []


async def test_a_save_from_an_older_version_is_refused_and_changes_nothing(works):
    async with works.begin(READER) as work:
        first = await profiles.save(work.session, a_profile())
    async with works.begin(READER) as work:
        second = await profiles.save(work.session, first)
    with pytest.raises(Overtaken):
        async with works.begin(READER) as work:
            await profiles.save(work.session, first)
    async with works.begin(READER) as work:
        assert await profiles.to_read(work.session, first.profile_id) == second


async def test_an_assignment_has_one_profile(works):
    async with works.begin(READER) as work:
        await profiles.save(work.session, a_profile())
    with pytest.raises(IntegrityError):
        async with works.begin(READER) as work:
            await profiles.save(work.session, replace(a_profile(), profile_id="prf_other"))
