"""Who people are, as it is compared: their other names, and the names that were compared, sealed with their own key."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from credentialing.domain.screening.matching import Person
from credentialing.domain.screening.names import NameKind, PersonName, readings_of
from credentialing.storage.tables import other_name, screened_identity
from shared.contracts.assignments import ClinicianChanged
from shared.db.work import Work
from shared.vault.ciphers import Place
from shared.vault.kinds import BIRTH_DATE
from shared.vault.private_values import PrivateValues
from shared.vault.values import Sealed, Secret
from shared.vault.vault import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptName:
    """That a person has gone by another name, without the name."""

    name_id: str
    clinician_id: str
    kind: NameKind
    recorded_at: datetime
    recorded_by: str


class People:
    """Reads and keeps what is private about the people who are screened."""

    def __init__(self, vault: Vault, private: PrivateValues) -> None:
        self._vault = vault
        self._private = private

    async def person(self, work: Work, known: ClinicianChanged, *, work_states: frozenset[str] = frozenset()) -> Person:
        """All that is compared of somebody, as the directory knows them.

        Raises VaultUnavailable and PrivateValuesErased.
        """
        return Person(
            names=(*readings_of(known.name), *await self.other_names(work, known.clinician_id)),
            birth_date=await self.birth_date(work, known.clinician_id),
            npi=known.npi,
            work_states=work_states,
        )

    async def birth_date(self, work: Work, clinician_id: str) -> date | None:
        """The birth date, for comparing alone; None when none was recorded. Raises VaultUnavailable."""
        secret = await self._private.used(work, clinician_id, kind=BIRTH_DATE.name)
        return date.fromisoformat(secret.reveal()) if secret is not None else None

    async def other_names(self, work: Work, clinician_id: str) -> Sequence[PersonName]:
        """The other names of a person, opened. Raises VaultUnavailable and PrivateValuesErased."""
        columns = other_name.c
        statement = select(other_name).where(columns.clinician_id == clinician_id).order_by(columns.name_id)
        rows = (await work.session.execute(statement)).all()
        return [await self._opened(work, row) for row in rows]

    async def keep_name(self, work: Work, clinician_id: str, *, name: PersonName) -> KeptName:
        """Keeps another name; the same name again is the one that is there. Raises VaultUnavailable."""
        secret = Secret(_written([name]))
        index = await self._vault.blind_index(secret, kind=f"other_name/{clinician_id}")
        kept = await _with_index(work.session, clinician_id, index)
        if kept is not None:
            return kept
        kept = KeptName(
            name_id=work.new_id("nam"),
            clinician_id=clinician_id,
            kind=name.kind,
            recorded_at=work.now,
            recorded_by=work.principal.subject,
        )
        place = _place_of_name(kept.name_id)
        sealed = await self._vault.seal(work, subject=clinician_id, place=place, secret=secret)
        row = {"name_id": kept.name_id, "clinician_id": clinician_id, "kind": name.kind.value, "sealed": sealed}
        also = {"blind_index": index, "recorded_at": kept.recorded_at, "recorded_by": kept.recorded_by}
        await work.session.execute(insert(other_name).values(**row, **also).on_conflict_do_nothing())
        return kept

    async def fingerprint(self, person: Person) -> str:
        """A keyed hash of everything that is compared. Raises VaultUnavailable."""
        born = person.birth_date.isoformat() if person.birth_date else ""
        told = json.dumps([_written(person.names), born, person.npi or ""])
        return await self._vault.blind_index(Secret(told), kind="screened_person")

    async def keep_identity(self, work: Work, clinician_id: str, *, person: Person, fingerprint: str) -> None:
        """Keeps the names that were compared, once for each fingerprint, as evidence. Raises VaultUnavailable."""
        columns = screened_identity.c
        known = select(columns.fingerprint).where(
            columns.clinician_id == clinician_id, columns.fingerprint == fingerprint
        )
        if await work.session.scalar(known):
            return
        place = _place_of_identity(clinician_id, fingerprint)
        secret = Secret(_written(person.names))
        sealed = await self._vault.seal(work, subject=clinician_id, place=place, secret=secret)
        row = {"clinician_id": clinician_id, "fingerprint": fingerprint, "sealed": sealed, "recorded_at": work.now}
        await work.session.execute(insert(screened_identity).values(**row).on_conflict_do_nothing())

    async def identity(self, work: Work, clinician_id: str, *, fingerprint: str) -> Sequence[PersonName]:
        """The names that were compared; none for a fingerprint that is not kept. Raises PrivateValuesErased."""
        columns = screened_identity.c
        statement = select(columns.sealed).where(
            columns.clinician_id == clinician_id, columns.fingerprint == fingerprint
        )
        sealed = await work.session.scalar(statement)
        if sealed is None:
            return ()
        secret = await self._vault.open(work, Sealed(sealed), place=_place_of_identity(clinician_id, fingerprint))
        return _read(secret)

    async def _opened(self, work: Work, row: Any) -> PersonName:
        secret = await self._vault.open(work, Sealed(row.sealed), place=_place_of_name(row.name_id))
        (name,) = _read(secret)
        return name


async def kept_names(session: AsyncSession, clinician_id: str) -> Sequence[KeptName]:
    """That a person has gone by other names, in the order in which they were recorded."""
    statement = select(other_name).where(other_name.c.clinician_id == clinician_id)
    rows = (await session.execute(statement.order_by(other_name.c.name_id))).all()
    return [_kept(row) for row in rows]


async def _with_index(session: AsyncSession, clinician_id: str, index: str) -> KeptName | None:
    columns = other_name.c
    found = select(other_name).where(columns.clinician_id == clinician_id, columns.blind_index == index)
    row = (await session.execute(found)).first()
    return _kept(row) if row else None


def _kept(row: Any) -> KeptName:
    return KeptName(
        name_id=row.name_id,
        clinician_id=row.clinician_id,
        kind=NameKind(row.kind),
        recorded_at=row.recorded_at,
        recorded_by=row.recorded_by,
    )


def _written(names: Sequence[PersonName]) -> str:
    return json.dumps([[name.first, name.middle, name.last, name.kind.value] for name in names])


def _read(secret: Secret) -> Sequence[PersonName]:
    return [
        PersonName(first=first, middle=middle, last=last, kind=NameKind(kind))
        for first, middle, last, kind in json.loads(secret.reveal())
    ]


def _place_of_name(name_id: str) -> Place:
    return Place(table="other_name", row=name_id, column="sealed")


def _place_of_identity(clinician_id: str, fingerprint: str) -> Place:
    return Place(table="screened_identity", row=f"{clinician_id}/{fingerprint}", column="sealed")
