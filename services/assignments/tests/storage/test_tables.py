"""Rows keep values whole, and the migrations make what the code declares."""

from dataclasses import replace

import pytest
from sqlalchemy.exc import IntegrityError

from assignments.domain.directory import Listed
from assignments.domain.readiness import Readiness, fold
from assignments.storage import assignments, readiness
from assignments.storage.directory import clients, clinicians, facilities
from assignments.storage.tables import metadata
from services.assignments.tests.builders import (
    a_client,
    a_clinician,
    a_facility,
    an_answer,
    an_assignment,
    an_offer,
    signed,
)
from shared.contracts.assignments import State
from shared.db.bulk import Overtaken
from shared.principal import Principal
from shared.testing.drift import drift

READER = Principal(subject="reader")


async def test_migrations_make_the_declared_tables(engine):
    assert await drift(engine, metadata) == []


@pytest.mark.parametrize("state", [State.ACCEPTED, State.ACTIVE])
async def test_an_assignment_comes_back_as_it_went_with_its_own_version(works, state):
    at = an_assignment(state)
    async with works.begin(READER) as work:
        saved = await assignments.save(work.session, at)
    async with works.begin(READER) as work:
        assert await assignments.to_read(work.session, "asg_1") == saved
    assert saved == replace(at, saves=1)


async def test_a_signed_agreement_comes_back_as_it_went(works):
    async with works.begin(READER) as work:
        saved = await assignments.save(work.session, signed(an_assignment()))
    async with works.begin(READER) as work:
        assert (await assignments.to_read(work.session, "asg_1")).agreements == saved.agreements != ()


async def test_entries_and_lights_come_back_as_they_went(works):
    lights = fold(Readiness(assignment_id="asg_1", terms_version=1), department="payroll", answer=an_answer())
    async with works.begin(READER) as work:
        client = await clients.save(work.session, Listed(entry=a_client()))
        facility = await facilities.save(work.session, Listed(entry=a_facility()))
        clinician = await clinicians.save(work.session, Listed(entry=a_clinician(npi="1234567893")))
        kept = await readiness.save(work.session, lights)
    async with works.begin(READER) as work:
        assert await clients.known_as(work.session, "ats", reference="K-1") == client
        assert await facilities.to_read(work.session, "fac_1") == facility
        assert await clinicians.find(work.session, "cln_1") == clinician
        assert await readiness.to_read(work.session, "asg_1") == kept == replace(lights, version=1)


async def test_a_save_from_an_older_state_is_refused_and_changes_nothing(works):
    async with works.begin(READER) as work:
        first = await assignments.save(work.session, an_offer())
    async with works.begin(READER) as work:
        second = await assignments.save(work.session, replace(first, reason="second"))
    with pytest.raises(Overtaken):
        async with works.begin(READER) as work:
            await assignments.save(work.session, replace(first, reason="third"))
    async with works.begin(READER) as work:
        assert await assignments.to_read(work.session, "asg_1") == second


async def test_an_offer_has_one_assignment(works):
    async with works.begin(READER) as work:
        await assignments.save(work.session, an_offer())
    with pytest.raises(IntegrityError):
        async with works.begin(READER) as work:
            await assignments.save(work.session, replace(an_offer(), assignment_id="asg_2"))


async def test_agreed_placements_of_the_same_clinician_are_found_and_nothing_else(works):
    others = {
        "open offer": an_offer(),
        "agreed": an_assignment(State.ONBOARDING),
        "over": replace(an_assignment(), state=State.FELL_OFF),
        "somebody else": replace(an_assignment(), clinician_id="cln_2"),
    }
    async with works.begin(READER) as work:
        mine = await assignments.save(work.session, an_assignment(State.ACTIVE))
        for name, other in others.items():
            await assignments.save(work.session, replace(other, assignment_id=f"asg_{name}", source_reference=name))
        assert await assignments.placements_beside(work.session, mine) == (others["agreed"].terms.period,)
