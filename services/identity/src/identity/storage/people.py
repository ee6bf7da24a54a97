"""People and what they prove themselves by."""

from collections.abc import Mapping, Sequence
from typing import Any
from unicodedata import normalize

from sqlalchemy import Select, delete, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from identity.domain.factors import Factors
from identity.domain.person import Person, email_key
from identity.storage.tables.accounts import factors, outside_identity, person
from shared.db.documents import Documents
from shared.db.locks import hold

LOCK_CLASS = 0x1DE7  # any number, the same in every replica


def key_of(email: str) -> str:
    """What an account is found by, and its failures are counted for: people see no difference between two ways to
    write one letter (Unicode, annex 15: NFKC).
    """
    return email_key(normalize("NFKC", email))


def _columns(value: Person) -> Mapping[str, object]:
    return {
        "person_id": value.person_id,
        "email": key_of(value.email),
        "name": value.profile.name,
        "is_active": value.is_active,
        "is_administrator": value.is_administrator,
    }


_people = Documents(person, Person, _columns, noun="person")
_factors = Documents(factors, Factors, lambda value: {"person_id": value.person_id}, noun="person")
save, to_read, to_change = _people.save, _people.to_read, _people.to_change
save_factors = _factors.save
BY_NAME = (person.c.name, person.c.person_id)


async def find_by_email(session: AsyncSession, email: str) -> Person | None:
    """The person with this address, however it is spelt."""
    return await _people.one(session, person.c.email, value=key_of(email))


async def administrators(session: AsyncSession) -> Sequence[str]:
    """The ids of those whose accounts are open, locked until the transaction ends: two cannot disable each other.

    Ask for them before a person is locked, so that two transactions do not wait for one another.
    """
    found = await _people.find(session, person.c.is_administrator, person.c.is_active, lock=True)
    return [one.person_id for one in found]


async def factors_of(session: AsyncSession, person_id: str) -> Factors:
    """What the person proves themselves by, locked for a change; empty before anything was set."""
    return await _factors.one(session, factors.c.person_id, value=person_id, lock=True) or Factors(person_id=person_id)


async def factors_to_read(session: AsyncSession, person_id: str) -> Factors:
    """The same, not locked."""
    return await _factors.one(session, factors.c.person_id, value=person_id) or Factors(person_id=person_id)


async def forget_proofs(session: AsyncSession, person_id: str) -> None:
    """Removes password, second factor and outside identities for good."""
    await session.execute(delete(factors).where(factors.c.person_id == person_id))
    await session.execute(delete(outside_identity).where(outside_identity.c.person_id == person_id))


def listed(*, search: str | None, is_active: bool | None) -> Select[Any]:
    """The people who fit, as rows of a list; `search` begins the name or the address."""
    statement = select(person)
    if search:
        begins = search.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        statement = statement.where(or_(person.c.name.ilike(begins), person.c.email.ilike(begins)))
    return statement if is_active is None else statement.where(person.c.is_active == is_active)


def value(version: int, body: str) -> Person:
    """The person of a row of a list."""
    return _people.value(version, body)


async def person_by_outside(session: AsyncSession, issuer: str, *, subject: str) -> str | None:
    """The id of the person who signs in by this identity of an outside provider."""
    where = (outside_identity.c.issuer == issuer, outside_identity.c.subject == subject)
    found: str | None = await session.scalar(select(outside_identity.c.person_id).where(*where))
    return found


async def link_outside(session: AsyncSession, person_id: str, *, issuer: str, subject: str) -> None:
    """The person signs in by this identity from now on."""
    await session.execute(insert(outside_identity).values(issuer=issuer, subject=subject, person_id=person_id))


async def unlink_outside(session: AsyncSession, person_id: str) -> None:
    """The person signs in by no outside identity any more."""
    await session.execute(delete(outside_identity).where(outside_identity.c.person_id == person_id))


def totp_place(person_id: str) -> str:
    """The place that a second factor's secret is sealed for: row and column."""
    return f"identity/factors/{person_id}/totp_sealed"


async def hold_email(session: AsyncSession, email: str) -> None:
    """Until the transaction ends nobody else opens an account with this address, so that the second one is told."""
    await hold(session, LOCK_CLASS, names=[key_of(email)])


async def hold_outside(session: AsyncSession, issuer: str, *, subject: str) -> None:
    """Until the transaction ends nobody else is linked to this identity."""
    await hold(session, LOCK_CLASS, names=[f"{issuer} {subject}"])
