"""Clinicians who are to be forgotten, and when that may be."""

from datetime import date

import pytest
from sqlalchemy import text

from assignments.api.schemas.examples import OFFER
from assignments.jobs import jobs
from shared.contracts.identity import PersonErased

PRIVATE = ("Ada", "Keller", "@", "1234567893")


async def forget(works, house, clinician_id):
    await house.say(PersonErased(subject=clinician_id, requested_on=date(2026, 1, 5)))
    return await jobs.run_due(works)


@pytest.fixture
async def known(api, directory):
    """The one clinician of the directory."""
    [line] = (await api.get("/v1/clinicians")).json()["items"]
    return (await api.get(f"/v1/clinicians/{line['clinician_id']}")).json()


async def stored(engine):
    async with engine.connect() as connection:
        rows = [*await connection.scalars(text("SELECT CAST(c AS text) FROM clinician c"))]
        return "".join([*rows, *await connection.scalars(text("SELECT CAST(o AS text) FROM outbox o"))])


async def test_of_a_clinician_who_is_forgotten_only_the_id_is_left(works, house, api, known, engine):
    before = await stored(engine)
    assert all(known[name] in before for name in ("name", "email", "phone"))
    assert await forget(works, house, known["clinician_id"]) == 1
    after = await stored(engine)
    assert not [known[name] for name in ("name", "email", "phone", "source_reference") if known[name] in after]
    shown = (await api.get(f"/v1/clinicians/{known['clinician_id']}")).json()
    assert (shown["name"], shown["email"], shown["npi"]) == ("erased", "", None)
    assert await jobs.run_due(works) == 0


async def test_everybody_else_is_told_by_a_tombstone(works, house, known, engine):
    await forget(works, house, known["clinician_id"])
    async with engine.connect() as connection:
        said = (
            await connection.execute(
                text("SELECT aggregateversion, payload FROM outbox WHERE aggregateid = :id ORDER BY position"),
                {"id": known["clinician_id"]},
            )
        ).all()
    assert [tuple(row) for row in said] == [(1, None), (2, None)]


async def test_nobody_is_forgotten_while_an_assignment_is_on_its_way(works, house, api, known):
    assert (await api.post("/v1/assignments", OFFER)).status_code == 201
    assert await forget(works, house, known["clinician_id"]) == 0
    assert (await api.get(f"/v1/clinicians/{known['clinician_id']}")).json()["name"] == known["name"]


async def test_who_was_not_named_stays(works, house, known):
    assert await forget(works, house, "cln_another") == 0
