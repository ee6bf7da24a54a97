"""What is sealed opens in its place, with its key, and nowhere else."""

import asyncio
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.tests.vault.conftest import HERE
from shared.vault import ciphers
from shared.vault.ciphers import Place
from shared.vault.errors import SealBroken
from shared.vault.keys import FileKeys, add_wrapping_key
from shared.vault.values import Sealed, Secret
from shared.vault.vault import Vault

KEY = bytes(range(32))
texts = st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=200)


def seal(text: str, place: Place = HERE, *, service: str = "payroll") -> Sealed:
    return ciphers.seal(Secret(text), key=KEY, key_id="key_1", service=service, place=place)


def unseal(sealed: Sealed, place: Place = HERE, *, service: str = "payroll", key: bytes = KEY) -> str:
    return ciphers.unseal(sealed, key=key, service=service, place=place).reveal()


@given(text=texts, table=texts, row=texts, column=texts)
def test_whatever_is_sealed_opens_in_its_place(text, table, row, column):
    place = Place(table=table, row=row, column=column)
    sealed = seal(text, place)
    assert unseal(sealed, place) == text
    assert text not in sealed or len(text) < 5


@given(parts=st.tuples(texts, texts, texts), others=st.tuples(texts, texts, texts))
def test_no_two_places_are_one(parts, others):
    one, other = (Place(table=a, row=b, column=c) for a, b, c in (parts, others))
    if one != other:
        with pytest.raises(SealBroken):
            unseal(seal("900123456", one), other)


@pytest.mark.parametrize("text", ["900123456", "", "a" * 2000])
def test_the_same_text_never_looks_the_same(text):
    assert len({seal(text) for _ in range(50)}) == 50


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"place": replace(HERE, table="person")},
        {"place": replace(HERE, row="per_2")},
        {"place": replace(HERE, column="recovery")},
        {"service": "credentialing"},
        {"key": bytes(32)},
    ],
    ids=["table", "row", "column", "service", "key"],
)
def test_moved_elsewhere_it_does_not_open(elsewhere):
    """INVARIANT: a ciphertext opens only where it was sealed for.

    What breaks it: binding the ciphertext to less than service, table, row and column.
    """
    place = elsewhere.pop("place", HERE)
    with pytest.raises(SealBroken):
        unseal(seal("900123456"), place, **elsewhere)


@given(data=st.data())
def test_with_one_changed_character_it_does_not_open(data):
    sealed = seal("900123456")
    at = data.draw(st.integers(0, len(sealed) - 1))
    changed = sealed[:at] + data.draw(st.sampled_from("ABCxyz019_-.")) + sealed[at + 1 :]
    if changed != sealed:
        with pytest.raises((SealBroken, TypeError)):
            unseal(Sealed(changed))


async def test_two_rows_exchanged_by_hand_do_not_open(vault, do):
    there = replace(HERE, row="per_2")
    mine = await do(lambda work: vault.seal(work, subject="per_1", place=HERE, secret=Secret("mine")))
    await do(lambda work: vault.seal(work, subject="per_2", place=there, secret=Secret("theirs")))
    with pytest.raises(SealBroken):
        await do(lambda work: vault.open(work, mine, place=there))
    assert (await do(lambda work: vault.open(work, mine, place=HERE))).reveal() == "mine"


async def test_a_sealed_text_of_an_unknown_key_does_not_open(vault, do):
    with pytest.raises(SealBroken):
        await do(lambda work: vault.open(work, seal("900123456"), place=HERE))


async def test_two_subjects_have_two_keys(vault, do, rows, keys):
    for subject in ("per_1", "per_2", "per_1"):
        await do(lambda work, who=subject: vault.seal(work, subject=who, place=HERE, secret=Secret("x")))
    found = await rows("SELECT subject, key_id, wrapped, kek_id FROM subject_key ORDER BY subject")
    ring = FileKeys(str(keys))
    clear = [
        await ring.unwrap(row.wrapped, kek_id=row.kek_id, bound_to=f"payroll/{row.key_id}".encode()) for row in found
    ]
    assert ([row.subject for row in found], len(set(clear))) == (["per_1", "per_2"], 2)
    assert all(len(key) == 32 and key not in row.wrapped for key, row in zip(clear, found, strict=True))


async def test_a_wrapped_key_put_into_another_row_does_not_open(a_vault, do, engine):
    for subject in ("per_1", "per_2"):
        await do(lambda work, who=subject: a_vault().seal(work, subject=who, place=HERE, secret=Secret("x")))
    swap = "UPDATE subject_key SET wrapped = o.wrapped FROM subject_key o WHERE o.key_id <> subject_key.key_id"
    async with engine.begin() as connection:
        await connection.exec_driver_sql(swap)
    with pytest.raises(SealBroken):
        await do(lambda work: a_vault().seal(work, subject="per_1", place=HERE, secret=Secret("x")))


async def test_many_who_seal_first_at_once_make_one_key(a_vault, works, do, rows):
    """INVARIANT: a subject has one present key, however many seal for the first time at the same moment.

    What breaks it: looking for a key before the subject is held.
    """

    async def first(number):
        vault = a_vault()
        place = replace(HERE, column=str(number))
        return await do(lambda work: vault.seal(work, subject="per_1", place=place, secret=Secret(str(number))))

    sealed = await asyncio.gather(*(first(number) for number in range(6)))
    assert len(await rows("SELECT 1 FROM subject_key")) == 1
    for number, one in enumerate(sealed):
        place = replace(HERE, column=str(number))
        assert (await do(lambda work, s=one, p=place: a_vault().open(work, s, place=p))).reveal() == str(number)


async def test_new_wrapping_keys_leave_every_value_readable(a_vault, do, rows, keys):
    sealed = {}
    for subject in ("per_1", "per_2", "per_3"):
        place = replace(HERE, row=subject)
        sealed[subject] = await do(
            lambda work, s=subject, p=place: a_vault().seal(work, subject=s, place=p, secret=Secret(s))
        )
    vault = a_vault()
    kek_id = add_wrapping_key(keys)
    turned = [await do(vault.rewrap), await do(vault.rewrap)]
    assert (turned, {row.kek_id for row in await rows("SELECT kek_id FROM subject_key")}) == ([3, 0], {kek_id})
    for subject, one in sealed.items():
        place = replace(HERE, row=subject)
        assert (await do(lambda work, s=one, p=place: a_vault().open(work, s, place=p))).reveal() == subject


async def test_a_retired_key_opens_and_seals_no_more(vault, do, rows):
    old = await do(lambda work: vault.seal(work, subject="per_1", place=HERE, secret=Secret("old")))
    await do(lambda work: vault.retire_key(work, "per_1"))
    new = await do(lambda work: vault.seal(work, subject="per_1", place=HERE, secret=Secret("new")))
    opened = [(await do(lambda work, s=one: vault.open(work, s, place=HERE))).reveal() for one in (old, new)]
    assert (opened, old.key_id != new.key_id) == (["old", "new"], True)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=texts)
def test_a_blind_index_is_the_same_for_the_same_text_of_the_same_kind_and_service(keys, text):
    async def index(service: str, kind: str, secret: str) -> str:
        return await Vault(service, FileKeys(str(keys))).blind_index(Secret(secret), kind=kind)

    async def all_of_them() -> list[str]:
        return [
            await index("payroll", "ssn", text),
            await index("payroll", "ssn", text),
            await index("payroll", "bank_account", text),
            await index("credentialing", "ssn", text),
            await index("payroll", "ssn", text + "0"),
        ]

    found = asyncio.run(all_of_them())
    assert (found[0] == found[1], len(set(found))) == (True, 4)
