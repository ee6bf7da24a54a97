"""Recorded, listed masked, revealed for a reason, found again by their blind index; and nowhere in clear."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import text

from shared.access.errors import FreshSignInNeeded
from shared.db.versions import VersionMismatch
from shared.errors import NotFound
from shared.tests.vault.conftest import signed_in
from shared.vault.errors import KindNotHeld, SealBroken, TooManyReveals
from shared.vault.keys import add_wrapping_key
from shared.vault.values import Secret

REASON = "The bank asked to confirm it."
CLEAR = {
    "ssn": "900123456",
    "bank_account": "000123456789",
    "birth_date": "1990-04-17",
    "medical_note": "Latex allergy; nitrile gloves.",
}


@pytest.fixture
def record(do, values):
    """Records a value and gives what is shown of it."""

    async def recorded(kind, value, subject="cln_1"):
        return await do(lambda work: values.record(work, subject, kind=kind, secret=Secret(value)))

    return recorded


@pytest.fixture
def reveal(do, values):
    """The value in clear."""

    async def revealed(kind, subject="cln_1"):
        secret, _ = await do(lambda work: values.reveal(work, subject, kind=kind, reason=REASON))
        return secret.reveal()

    return revealed


@pytest.fixture
def dump(rows):
    """Every row of every table as text."""

    async def dumped():
        names = await rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [await rows(f"SELECT CAST(t AS text) FROM {name} AS t") for (name,) in names]
        return "\n".join(row[0] for table in tables for row in table)

    return dumped


async def test_values_are_listed_masked_and_revealed_in_clear(record, reveal, do, values):
    for kind, value in CLEAR.items():
        await record(kind, value)
    listed = await do(lambda work: values.listed(work, "cln_1"))
    assert [(one.kind, one.masked, one.version, one.recorded_by, one.also_held_by) for one in listed] == [
        ("bank_account", "••••6789", 1, "per_pat", 0),
        ("birth_date", "****-**-**", 1, "per_pat", None),
        ("medical_note", "recorded", 1, "per_pat", None),
        ("ssn", "***-**-3456", 1, "per_pat", 0),
    ]
    assert {kind: await reveal(kind) for kind in CLEAR} == CLEAR
    assert await do(lambda work: values.listed(work, "cln_2")) == []


async def test_no_row_of_any_table_holds_a_value_in_clear(record, reveal, dump):
    """INVARIANT: clear text of a private value is in no table.

    What breaks it: a column beside the sealed one that helps to mask or to find, or a note of what was revealed.
    """
    for kind, value in CLEAR.items():
        await record(kind, value)
        await reveal(kind)
    found = await dump()
    assert (found.count("cln_1,ssn,v1."), found.count(REASON)) == (1, 4)
    assert [value for value in (*CLEAR.values(), "900-12-3456", "3456") if value in found] == []


async def test_the_same_value_again_changes_nothing_and_another_one_is_the_next_version(record, rows, clock):
    first = await record("ssn", "900-12-3456")
    clock.advance(timedelta(days=1))
    again = await record("ssn", "900 12 3456")
    other = await record("ssn", "900123457")
    assert (again, other.version, other.masked) == (first, 2, "***-**-3457")
    assert len(await rows("SELECT 1 FROM private_value")) == 1


async def test_a_change_of_what_was_changed_meanwhile_is_refused(works, values, record, reveal):
    await record("ssn", CLEAR["ssn"])
    with pytest.raises(VersionMismatch):
        async with works.begin(signed_in(), seen_version=3) as work:
            await values.record(work, "cln_1", kind="ssn", secret=Secret("900123457"))
    assert await reveal("ssn") == CLEAR["ssn"]


async def test_equal_numbers_of_two_people_are_counted_and_birth_dates_are_not(record, do, values):
    for subject in ("cln_1", "cln_2", "cln_3"):
        await record("bank_account", "0001-2345-6789", subject)
        await record("birth_date", CLEAR["birth_date"], subject)
    await record("ssn", "900123456", "cln_1")
    await record("ssn", "900123457", "cln_2")
    listed = await do(lambda work: values.listed(work, "cln_1"))
    assert {one.kind: one.also_held_by for one in listed} == {"bank_account": 2, "birth_date": None, "ssn": 0}


async def test_ciphertexts_exchanged_between_people_or_versions_do_not_open(record, reveal, rows, engine):
    await record("ssn", "900123456", "cln_1")
    ((old,),) = await rows("SELECT sealed FROM private_value")
    await record("ssn", "900123457", "cln_1")
    await record("ssn", "900123458", "cln_2")
    for subject in ("cln_1", "cln_2"):
        async with engine.begin() as connection:
            change = text("UPDATE private_value SET sealed = :old WHERE subject = :subject")
            await connection.execute(change, {"old": old, "subject": subject})
        with pytest.raises(SealBroken):
            await reveal("ssn", subject)


async def test_a_kind_that_is_not_held_is_refused_by_name_of_those_that_are(record):
    with pytest.raises(KindNotHeld, match="it keeps ssn, bank_account, birth_date, medical_note"):
        await record("passport", "X1")


@pytest.mark.parametrize("minutes_ago", [None, 16, 600])
async def test_without_a_fresh_sign_in_nothing_is_revealed_or_noted(record, works, values, rows, minutes_ago):
    await record("ssn", CLEAR["ssn"])
    with pytest.raises(FreshSignInNeeded):
        async with works.begin(signed_in(minutes_ago=minutes_ago)) as work:
            await values.reveal(work, "cln_1", kind="ssn", reason=REASON)
    assert await rows("SELECT 1 FROM private_reveal") == []


async def test_what_is_not_recorded_is_not_revealed(do, values, rows):
    with pytest.raises(NotFound):
        await do(lambda work: values.reveal(work, "cln_1", kind="ssn", reason=REASON))
    assert await rows("SELECT 1 FROM private_reveal") == []


async def test_a_reveal_is_noted_with_its_reason_and_the_person_behind_a_client(record, works, values, rows):
    await record("ssn", CLEAR["ssn"])
    async with works.begin(signed_in(subject="client_portal", on_behalf_of="per_ada")) as work:
        await values.reveal(work, "cln_1", kind="ssn", reason=REASON)
    found = await rows("SELECT subject, kind, person, reason FROM private_reveal")
    assert [tuple(row) for row in found] == [("cln_1", "ssn", "per_ada", REASON)]


async def test_more_than_twenty_reveals_an_hour_are_refused_also_when_they_come_at_once(record, reveal, engine):
    """INVARIANT: nobody sees more than twenty values in an hour.

    What breaks it: counting before the person is held, or counting by business time, which tests can move.
    """
    await record("ssn", CLEAR["ssn"])
    for _ in range(18):
        await reveal("ssn")
    found = await asyncio.gather(*(reveal("ssn") for _ in range(5)), return_exceptions=True)
    assert sorted(type(one).__name__ for one in found) == ["TooManyReveals"] * 3 + ["str"] * 2
    with pytest.raises(TooManyReveals) as refused:
        await reveal("ssn")
    assert 3500 < int(str(refused.value.facts["retry_after_seconds"])) <= 3600
    async with engine.begin() as connection:
        await connection.execute(text("UPDATE private_reveal SET revealed_at = revealed_at - interval '61 minutes'"))
    assert await reveal("ssn") == CLEAR["ssn"]


async def test_after_both_kinds_of_rotation_every_value_is_as_it_was(record, reveal, do, values, vault, rows, keys):
    """INVARIANT: rotating wrapping keys and subjects' keys changes no value and no version.

    What breaks it: re-sealing for another place, or wrapping anew what another key wraps.
    """
    for subject in ("cln_1", "cln_2"):
        for kind, value in CLEAR.items():
            await record(kind, value, subject)
    before = await rows("SELECT subject, kind, version, blind_index, recorded_at FROM private_value ORDER BY 1, 2")
    add_wrapping_key(keys)
    turned = await do(vault.rewrap)
    await do(lambda work: vault.retire_key(work, "cln_1"))
    done = [await do(values.reseal), await do(values.reseal)]
    after = await rows("SELECT subject, kind, version, blind_index, recorded_at FROM private_value ORDER BY 1, 2")
    assert (turned, done, after) == (2, [4, 0], before)
    used = "SELECT count(*) FROM subject_key k JOIN private_value v ON k.key_id = split_part(v.sealed, '.', 2)"
    assert (await rows(f"{used} WHERE k.retired_at IS NOT NULL"))[0][0] == 0
    assert {kind: await reveal(kind, "cln_1") for kind in CLEAR} == CLEAR
