"""A person's private values in one service: recorded, listed masked, revealed one by one for a reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import func, insert, select, update

from shared.db.locks import hold
from shared.db.rows import Rows
from shared.db.versions import require_version
from shared.db.work import Work
from shared.errors import NotFound
from shared.http.step_up import require_fresh_sign_in
from shared.vault.ciphers import Place
from shared.vault.errors import KindNotHeld, TooManyReveals
from shared.vault.kinds import PrivateKind
from shared.vault.tables import private_reveal, private_value, subject_key
from shared.vault.values import Sealed, Secret
from shared.vault.vault import Vault, hold_subject

log = structlog.get_logger()

REVEALS_AN_HOUR = 20
RESEALED_AT_ONCE = 100
LOCK_CLASS = 0x5EA2  # any number, the same in every process
_HOUR = timedelta(hours=1)
_values = Rows(private_value)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldValue:
    """One private value as its list shows it. `also_held_by` counts other people with the same one; None: unknown."""

    kind: str
    field_class: str
    masked: str
    version: int
    recorded_at: datetime
    recorded_by: str
    also_held_by: int | None


class PrivateValues:
    """The kinds of values that one service holds about clinicians, and nobody else does."""

    def __init__(self, vault: Vault, kinds: Sequence[PrivateKind]) -> None:
        self._vault = vault
        self.kinds: Mapping[str, PrivateKind] = {kind.name: kind for kind in kinds}

    async def record(self, work: Work, subject: str, *, kind: str, secret: Secret) -> HeldValue:
        """Replaces the subject's value of this kind; the same value again changes nothing, not even its version.

        Raises KindNotHeld, Invalid, VersionMismatch, PrivateValuesErased and VaultUnavailable.
        """
        known = self._kind(kind)
        fresh = Secret(known.normalised(secret.reveal(), work.now.date()))
        await hold_subject(work, subject)
        row = await _row(work, subject, kind)
        version: int = row["version"] if row else 0
        require_version(version, work.seen_version)
        if row is None or not fresh.is_same(await self._open(work, row)):
            row = await self._changed(work, fresh, known=known, subject=subject, version=version + 1)
            _values.put(work.session, row, was=version or None)
        counts = await _others(work, subject)
        return self._shown(row, fresh, counts=counts)

    async def listed(self, work: Work, subject: str) -> Sequence[HeldValue]:
        """What is held about the subject, masked, by kind. Raises VaultUnavailable."""
        rows = await _rows(work, subject)
        counts = await _others(work, subject) if rows else {}
        return [self._shown(row, await self._open(work, row), counts=counts) for row in rows]

    async def reveal(self, work: Work, subject: str, *, kind: str, reason: str) -> tuple[Secret, int]:
        """The value in clear and its version; who saw it and why is noted in the same transaction.

        Raises KindNotHeld, FreshSignInNeeded, TooManyReveals, NotFound and VaultUnavailable.
        """
        self._kind(kind)
        require_fresh_sign_in(work.principal)
        row = await _row(work, subject, kind)
        if row is None:
            raise NotFound(what=f"{kind} of", id=subject)
        person = work.principal.on_behalf_of or work.principal.subject
        await _require_few_reveals(work, person)
        noted = {"subject": subject, "kind": kind, "person": person, "reason": reason}
        await work.session.execute(insert(private_reveal).values(**noted))
        note_reveal(work, subject, kind=kind)
        return await self._open(work, row), row["version"]

    async def used(self, work: Work, subject: str, *, kind: str) -> Secret | None:
        """The value for a rule of this service, which shows it to nobody; None when none is held.

        Raises KindNotHeld, PrivateValuesErased and VaultUnavailable.
        """
        self._kind(kind)
        row = await _row(work, subject, kind)
        return None if row is None else await self._open(work, row)

    async def reseal(self, work: Work) -> int:
        """Seals values whose key was retired with the present key, at most 100; how many. No version changes."""
        columns = private_value.c
        is_old = (
            (subject_key.c.subject == columns.subject)
            & (subject_key.c.key_id == func.split_part(columns.sealed, ".", 2))
            & subject_key.c.retired_at.is_not(None)
            & subject_key.c.wrapped.is_not(None)
        )
        old = select(private_value).join(subject_key, is_old).order_by(columns.subject, columns.kind)
        found = await work.session.execute(old.limit(RESEALED_AT_ONCE))
        return sum([await self._resealed(work, dict(row)) for row in found.mappings().all()])

    async def _resealed(self, work: Work, row: Mapping[str, Any]) -> int:
        """Whether it could be: 0 when somebody recorded another value meanwhile."""
        columns = private_value.c
        await hold_subject(work, row["subject"])
        sealed = await self._seal(work, await self._open(work, row), row=row)
        is_same = (
            (columns.subject == row["subject"]) & (columns.kind == row["kind"]) & (columns.sealed == row["sealed"])
        )
        done = await work.session.scalars(
            update(private_value).where(is_same).values(sealed=sealed).returning(columns.kind)
        )
        return len(done.all())

    async def _changed(
        self, work: Work, fresh: Secret, *, known: PrivateKind, subject: str, version: int
    ) -> Mapping[str, Any]:
        row = {"subject": subject, "kind": known.name, "version": version}
        index = await self._vault.blind_index(fresh, kind=known.name) if known.is_indexed else None
        sealed = await self._seal(work, fresh, row=row)
        by = work.principal.subject
        return {**row, "sealed": sealed, "blind_index": index, "recorded_at": work.now, "recorded_by": by}

    async def _seal(self, work: Work, secret: Secret, *, row: Mapping[str, Any]) -> Sealed:
        return await self._vault.seal(work, subject=row["subject"], place=_place(row), secret=secret)

    async def _open(self, work: Work, row: Mapping[str, Any]) -> Secret:
        return await self._vault.open(work, Sealed(row["sealed"]), place=_place(row))

    def _shown(self, row: Mapping[str, Any], secret: Secret, *, counts: Mapping[str, int]) -> HeldValue:
        kind = self.kinds[row["kind"]]
        return HeldValue(
            kind=kind.name,
            field_class=kind.field_class,
            masked=kind.masked(secret.reveal()),
            version=row["version"],
            recorded_at=row["recorded_at"],
            recorded_by=row["recorded_by"],
            also_held_by=counts.get(kind.name, 0) if kind.is_indexed else None,
        )

    def _kind(self, name: str) -> PrivateKind:
        if name not in self.kinds:
            raise KindNotHeld(held=", ".join(self.kinds))
        return self.kinds[name]


def note_reveal(work: Work, subject: str, *, kind: str) -> None:
    """Says who saw a value of whom. The audit has it from the door, with the reason, which people write freely."""
    log.info("vault.revealed", subject=subject, kind=kind, actor=work.principal.subject)


def _place(row: Mapping[str, Any]) -> Place:
    """The version belongs to it, so that an older value cannot be put back unseen."""
    return Place(table="private_value", row=f"{row['subject']}/{row['kind']}/{row['version']}", column="sealed")


async def _rows(work: Work, subject: str) -> Sequence[Mapping[str, Any]]:
    return [kept.row for kept in await _values.where(work.session, private_value.c.subject, value=subject)]


async def _row(work: Work, subject: str, kind: str) -> Mapping[str, Any] | None:
    return next((row for row in await _rows(work, subject) if row["kind"] == kind), None)


async def _others(work: Work, subject: str) -> Mapping[str, int]:
    """How many other people have the same value, by kind."""
    mine, other = private_value.alias("mine"), private_value.alias("other")
    is_same = (other.c.kind == mine.c.kind) & (other.c.blind_index == mine.c.blind_index)
    joined = mine.join(other, is_same & (other.c.subject != mine.c.subject))
    counted = select(mine.c.kind, func.count().label("people")).select_from(joined).where(mine.c.subject == subject)
    found = await work.session.execute(counted.group_by(mine.c.kind))
    return {row.kind: row.people for row in found}


async def _require_few_reveals(work: Work, person: str) -> None:
    """Counts by the database's time; one transaction at a time for each person, so that none slips through."""
    await hold(work.session, LOCK_CLASS, names=[person])
    columns = private_reveal.c
    recent = (columns.person == person) & (columns.revealed_at > func.now() - _HOUR)
    waits = func.ceil(func.extract("epoch", func.min(columns.revealed_at) + _HOUR - func.now()))
    row = (await work.session.execute(select(func.count().label("n"), waits.label("waits")).where(recent))).one()
    if row.n >= REVEALS_AN_HOUR:
        raise TooManyReveals(limit=REVEALS_AN_HOUR, retry_after_seconds=int(row.waits))
