"""Erased is erased, everywhere; but not before hold and law allow it."""

from datetime import date, timedelta

import pytest

from shared.db.work import Work
from shared.errors import Invalid, NotFound
from shared.tests.vault.conftest import HERE
from shared.vault.erasures import Erasures, request_erasure
from shared.vault.errors import HoldEnded, PrivateValuesErased
from shared.vault.holds import holds_of, place_hold, release_hold
from shared.vault.values import Secret

TODAY = date(2026, 1, 5)


@pytest.fixture
def kept() -> dict[str, date]:
    """What the law wants kept, by kind; a test fills it."""
    return {}


@pytest.fixture
def erasures(vault, kept: dict[str, date]) -> Erasures:
    async def keep(work: Work, subject: str) -> dict[str, date]:
        return kept

    return Erasures(vault, keep)


@pytest.fixture
def erase(do, erasures):
    """Asks for an erasure, and does what is due."""

    async def erased(subject="cln_1"):
        await do(lambda work: request_erasure(work, subject, requested_on=TODAY))
        return await do(erasures.settle_due)

    return erased


@pytest.fixture
async def recorded(do, values):
    """Two kinds of one person and one of another."""
    for subject, kind, value in (
        ("cln_1", "ssn", "900123456"),
        ("cln_1", "medical_note", "Latex."),
        ("cln_2", "ssn", "900123456"),
    ):
        await do(lambda work, s=subject, k=kind, v=value: values.record(work, s, kind=k, secret=Secret(v)))


@pytest.fixture
def held(rows):
    """The kinds held of a subject, and how many of its keys are there."""

    async def found(subject="cln_1"):
        kinds = await rows(f"SELECT kind FROM private_value WHERE subject = '{subject}' ORDER BY kind")
        keys = await rows(f"SELECT 1 FROM subject_key WHERE subject = '{subject}' AND wrapped IS NOT NULL")
        return [kind for (kind,) in kinds], len(keys)

    return found


async def test_what_was_erased_opens_nowhere_also_where_its_key_was_in_memory(a_vault, vault, do, erase, rows):
    """INVARIANT: after an erasure nothing of the person opens, in any process, from any backup of the values.

    What breaks it: trusting a key that is still in memory without asking whether its row is.
    """
    other = a_vault()
    sealed = await do(lambda work: vault.seal(work, subject="cln_1", place=HERE, secret=Secret("x")))
    await do(lambda work: vault.retire_key(work, "cln_1"))
    again = await do(lambda work: vault.seal(work, subject="cln_1", place=HERE, secret=Secret("y")))
    for each in (vault, other):
        assert (await do(lambda work, v=each: v.open(work, sealed, place=HERE))).reveal() == "x"
    assert await erase() == 1
    for each in (vault, other, a_vault()):
        for one in (sealed, again):
            with pytest.raises(PrivateValuesErased):
                await do(lambda work, v=each, s=one: v.open(work, s, place=HERE))
    found = await rows("SELECT wrapped, destroyed_at IS NOT NULL FROM subject_key")
    assert [tuple(row) for row in found] == [(None, True), (None, True)]


async def test_an_erasure_takes_the_values_with_their_blind_indexes_and_nobody_elses(recorded, erase, held, do, values):
    assert (await erase(), await held(), await held("cln_2")) == (1, ([], 0), (["ssn"], 1))
    (left,) = await do(lambda work: values.listed(work, "cln_2"))
    assert left.also_held_by == 0


async def test_nothing_is_recorded_any_more_of_somebody_who_was_erased(recorded, erase, do, values, held):
    await erase()
    with pytest.raises(PrivateValuesErased):
        await do(lambda work: values.record(work, "cln_1", kind="ssn", secret=Secret("900123456")))
    assert await held() == ([], 0)


async def test_an_erasure_asked_for_twice_is_one(recorded, erase, rows):
    assert [await erase(), await erase()] == [1, 0]
    found = await rows("SELECT subject, requested_on, requested_by, waits_for, done_at IS NOT NULL FROM erasure")
    assert [tuple(row) for row in found] == [("cln_1", TODAY, "per_pat", None, True)]


@pytest.mark.parametrize(
    ("case", "until", "is_released", "days_later", "done"),
    [
        ("open", None, False, 4000, 0),
        ("released", None, True, 0, 1),
        ("its last day", TODAY + timedelta(days=10), False, 10, 0),
        ("the day after", TODAY + timedelta(days=10), False, 11, 1),
    ],
)
async def test_a_hold_stops_an_erasure_until_it_ends(
    recorded, erase, held, do, erasures, clock, rows, case, until, is_released, days_later, done
):
    """INVARIANT: while a legal hold is in force nothing of the subject is erased.

    What breaks it: looking at holds when the erasure is asked for, and not when it is done.
    """
    hold = await do(lambda work: place_hold(work, "cln_1", reason="Wage claim 26-104", until=until))
    assert (await erase(), await held()) == (0, (["medical_note", "ssn"], 1))
    assert [row.waits_for for row in await rows("SELECT waits_for FROM erasure")] == ["legal_hold"]
    if is_released:
        await do(lambda work: release_hold(work, "cln_1", hold_id=hold.hold_id, reason="settled"))
    clock.advance(timedelta(days=days_later))
    assert await do(erasures.settle_due) == done
    assert await held() == (([], 0) if done else (["medical_note", "ssn"], 1))


async def test_a_hold_placed_after_the_request_stops_it_too(recorded, do, erasures, held):
    await do(lambda work: request_erasure(work, "cln_1", requested_on=TODAY))
    await do(lambda work: place_hold(work, "cln_1", reason="Wage claim 26-104", until=None))
    assert (await do(erasures.settle_due), await held()) == (0, (["medical_note", "ssn"], 1))


async def test_of_two_holds_both_must_end(recorded, do, erase, held, erasures):
    holds = [await do(lambda work: place_hold(work, "cln_1", reason="A claim", until=None)) for _ in range(2)]
    await erase()
    for hold, done in zip(holds, (0, 1), strict=True):
        await do(lambda work, h=hold: release_hold(work, "cln_1", hold_id=h.hold_id, reason="settled"))
        assert await do(erasures.settle_due) == done


async def test_a_hold_ends_once_and_never_in_the_past(do):
    hold = await do(lambda work: place_hold(work, "cln_1", reason="Wage claim", until=TODAY))
    await do(lambda work: release_hold(work, "cln_1", hold_id=hold.hold_id, reason="settled"))
    with pytest.raises(HoldEnded):
        await do(lambda work: release_hold(work, "cln_1", hold_id=hold.hold_id, reason="settled"))
    with pytest.raises(NotFound):
        await do(lambda work: release_hold(work, "cln_2", hold_id=hold.hold_id, reason="settled"))
    with pytest.raises(Invalid):
        await do(lambda work: place_hold(work, "cln_1", reason="x", until=TODAY - timedelta(days=1)))
    assert [row.release_reason for row in await do(lambda work: holds_of(work, "cln_1"))] == ["settled"]


async def test_each_kind_goes_the_day_after_the_law_lets_it_and_the_keys_with_the_last(
    recorded, erase, held, do, erasures, clock, kept
):
    kept |= {"ssn": TODAY + timedelta(days=30), "medical_note": TODAY + timedelta(days=90)}
    assert (await erase(), await held()) == (1, (["medical_note", "ssn"], 1))
    seen = []
    for days in (29, 1, 1, 58, 1, 1):
        clock.advance(timedelta(days=days))
        seen.append((await do(erasures.settle_due), *await held()))
    both, one = ["medical_note", "ssn"], ["medical_note"]
    assert seen == [(0, both, 1), (0, both, 1), (1, one, 1), (0, one, 1), (0, one, 1), (1, [], 0)]


async def test_while_somebody_works_an_erasure_looks_again_each_day(recorded, erase, held, do, erasures, clock, kept):
    kept["ssn"] = date.max
    assert (await erase(), await do(erasures.settle_due), await held()) == (1, 0, (["ssn"], 1))
    kept["ssn"] = TODAY
    clock.advance(timedelta(days=1))
    assert (await do(erasures.settle_due), await held()) == (1, ([], 0))


async def test_what_a_restored_backup_brings_back_is_erased_again(recorded, erase, held, do, erasures, engine):
    """INVARIANT: with the shred log put into a restored backup, who was erased is erased again, and nobody else.

    What breaks it: a log that lists only what is still to be done.
    """
    tables = ("subject_key", "private_value")
    async with engine.begin() as connection:
        for name in tables:
            await connection.exec_driver_sql(f"CREATE TABLE backup_{name} AS TABLE {name}")
    await erase()
    async with engine.begin() as connection:
        for name in tables:
            await connection.exec_driver_sql(f"DELETE FROM {name}")
            await connection.exec_driver_sql(f"INSERT INTO {name} TABLE backup_{name}")
    assert await held() == (["medical_note", "ssn"], 1)
    assert [await do(erasures.repeat), await do(erasures.repeat)] == [1, 0]
    assert (await held(), await held("cln_2")) == (([], 0), (["ssn"], 1))
