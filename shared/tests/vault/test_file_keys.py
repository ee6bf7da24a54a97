"""Keys of files: one for each person, found again by their id, gone with the person."""

from datetime import date

import pytest

from shared.db.work import Work
from shared.tests.vault.conftest import HERE
from shared.vault.erasures import Erasures, request_erasure
from shared.vault.errors import PrivateValuesErased, SealBroken
from shared.vault.values import Secret

TODAY = date(2026, 1, 5)


async def test_a_person_has_one_key_of_files_and_everybody_another(vault, a_vault, do):
    mine, again, other = [
        await do(lambda work, who=who: vault.file_key(work, who)) for who in ("cln_1", "cln_1", "cln_2")
    ]
    found = await do(lambda work: a_vault().known_file_key(work, mine.key_id))
    assert mine == again == found
    assert mine.secret != other.secret


async def test_after_a_turn_new_files_have_a_new_key_and_old_ones_open(vault, do):
    old = await do(lambda work: vault.file_key(work, "cln_1"))
    await do(lambda work: vault.retire_key(work, "cln_1"))
    new = await do(lambda work: vault.file_key(work, "cln_1"))
    assert old.key_id != new.key_id
    assert await do(lambda work: vault.known_file_key(work, old.key_id)) == old


async def test_destroyed_keys_open_no_file(vault, a_vault, do):
    key = await do(lambda work: vault.file_key(work, "cln_1"))
    await do(lambda work: vault.destroy_keys(work, "cln_1"))
    for each in (vault, a_vault()):
        with pytest.raises(PrivateValuesErased):
            await do(lambda work, v=each: v.known_file_key(work, key.key_id))
    with pytest.raises(SealBroken):
        await do(lambda work: vault.known_file_key(work, "key_unknown"))


async def test_keys_stay_while_something_else_that_they_seal_must_be_kept(vault, do):
    """INVARIANT: an erasure destroys no key while a law keeps what is sealed with it.

    What breaks it: asking for private values alone.
    """
    last_day: list[date | None] = [date(2026, 2, 1)]

    async def keep(work: Work, subject: str) -> dict[str, date]:
        return {}

    async def let_go(work: Work, subject: str) -> date | None:
        return last_day[0]

    erasures = Erasures(vault, keep, let_go=let_go)
    sealed = await do(lambda work: vault.seal(work, subject="cln_1", place=HERE, secret=Secret("x")))
    await do(lambda work: request_erasure(work, "cln_1", requested_on=TODAY))
    assert await do(erasures.settle_due) == 1
    assert (await do(lambda work: vault.open(work, sealed, place=HERE))).reveal() == "x"
    assert await do(erasures.settle_due) == 0  # not looked at again before the second of February
