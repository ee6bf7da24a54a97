"""Seals and opens values under a key of each person's own, which is itself wrapped by a key from elsewhere.

Destroying the one row that holds a person's wrapped key makes everything unreadable that was sealed with it, backups
included (NIST SP 800-88, cryptographic erase; ADR 0014).
"""

from base64 import urlsafe_b64encode
from collections import OrderedDict
from collections.abc import Iterable
from time import monotonic
from typing import Any

from sqlalchemy import ColumnElement, insert, select, update

from shared.db.locks import hold
from shared.db.work import Work
from shared.files.chunks import FileKey
from shared.vault import ciphers
from shared.vault.ciphers import Place
from shared.vault.errors import PrivateValuesErased, SealBroken
from shared.vault.keys import KeyProvider
from shared.vault.tables import erasure, subject_key
from shared.vault.values import Sealed, Secret

LOCK_CLASS = 0x5EA1  # any number, the same in every process
CACHED_SECONDS = 60
MOST_CACHED = 500
REWRAPPED_AT_ONCE = 200


class Vault:
    """The vault of one service. Everything it writes is part of the caller's transaction."""

    def __init__(self, service: str, keys: KeyProvider) -> None:
        self._service = service
        self._keys = keys
        self._unwrapped = _Unwrapped()

    async def seal(self, work: Work, *, subject: str, place: Place, secret: Secret) -> Sealed:
        """The secret under the subject's present key, which is made when there is none.

        Until the transaction ends no other one seals or erases anything of this subject. Raises PrivateValuesErased,
        and VaultUnavailable.
        """
        await hold_subject(work, subject)
        row = await _key_row(work, *_is_current(subject)) or await self._make_key(work, subject)
        key = await self._unwrap(row)
        return ciphers.seal(secret, key=key, key_id=row.key_id, service=self._service, place=place)

    async def open(self, work: Work, sealed: Sealed, *, place: Place) -> Secret:
        """What was sealed for this place.

        The key's row is asked each time, so that what another process erased does not open here either.
        Raises PrivateValuesErased, VaultUnavailable, and SealBroken when it was changed or belongs elsewhere.
        """
        row = await _key_row(work, subject_key.c.key_id == sealed.key_id)
        if row is None:
            raise SealBroken("a sealed text names a key that is not here")
        if row.wrapped is None:
            raise PrivateValuesErased(subject=row.subject)
        return ciphers.unseal(sealed, key=await self._unwrap(row), service=self._service, place=place)

    async def file_key(self, work: Work, subject: str) -> FileKey:
        """The key of the subject's files from now on, made from their present key, which is made when there is none.

        Commit before anything is sealed with it. Raises PrivateValuesErased, and VaultUnavailable.
        """
        await hold_subject(work, subject)
        row = await _key_row(work, *_is_current(subject)) or await self._make_key(work, subject)
        return self._file_key(row.key_id, await self._unwrap(row))

    async def known_file_key(self, work: Work, key_id: str) -> FileKey:
        """The key of files that was given before under this id; its row is asked each time, as `open` does.

        Raises PrivateValuesErased, VaultUnavailable, and SealBroken when there is no such key.
        """
        row = await _key_row(work, subject_key.c.key_id == key_id)
        if row is None:
            raise SealBroken("a file names a key that is not here")
        if row.wrapped is None:
            raise PrivateValuesErased(subject=row.subject)
        return self._file_key(key_id, await self._unwrap(row))

    async def blind_index(self, secret: Secret, *, kind: str) -> str:
        """A text that is the same for the same secret of this kind in this service, and tells nothing without the key.

        Equality shows, so only kinds of many different values may have one. Raises VaultUnavailable.
        """
        found = await self._keys.fingerprint(secret.reveal().encode(), purpose=f"{self._service}/{kind}")
        return urlsafe_b64encode(found).decode()

    async def retire_key(self, work: Work, subject: str) -> None:
        """Ends the present key of a subject: it still opens, and the next seal makes another."""
        await hold_subject(work, subject)
        await work.session.execute(update(subject_key).where(*_is_current(subject)).values(retired_at=work.now))

    async def rewrap(self, work: Work) -> int:
        """Wraps by the current wrapping key what an older one wraps, at most 200 keys; how many. No value is touched.

        Raises VaultUnavailable, also while the wrapping key of one of them is missing.
        """
        current = await self._keys.current_key_id()
        is_old = (subject_key.c.kek_id != current) & subject_key.c.wrapped.is_not(None)
        old = select(subject_key).where(is_old).order_by(subject_key.c.key_id).limit(REWRAPPED_AT_ONCE)
        rows = (await work.session.execute(old.with_for_update())).all()
        for row in rows:
            wrapped = await self._keys.wrap(await self._unwrap(row), kek_id=current, bound_to=self._bound(row.key_id))
            change = update(subject_key).where(subject_key.c.key_id == row.key_id)
            await work.session.execute(change.values(wrapped=wrapped, kek_id=current))
        return len(rows)

    async def destroy_keys(self, work: Work, subject: str) -> None:
        """Destroys every key of a subject for good; the rows stay and say when."""
        await hold_subject(work, subject)
        is_there = (subject_key.c.subject == subject) & subject_key.c.wrapped.is_not(None)
        change = update(subject_key).where(is_there).values(wrapped=None, destroyed_at=work.now)
        self._unwrapped.drop(await work.session.scalars(change.returning(subject_key.c.key_id)))

    async def _make_key(self, work: Work, subject: str) -> Any:
        is_erased = select(erasure.c.subject).where(erasure.c.subject == subject, erasure.c.done_at.is_not(None))
        if await work.session.scalar(is_erased):
            raise PrivateValuesErased(subject=subject)
        key_id, kek_id = work.new_id("key"), await self._keys.current_key_id()
        wrapped = await self._keys.wrap(ciphers.new_key(), kek_id=kek_id, bound_to=self._bound(key_id))
        row = {"key_id": key_id, "subject": subject, "wrapped": wrapped, "kek_id": kek_id, "created_at": work.now}
        made = await work.session.execute(insert(subject_key).values(**row).returning(*subject_key.c))
        return made.one()

    async def _unwrap(self, row: Any) -> bytes:
        key = self._unwrapped.get(row.key_id)
        if key is None:
            key = await self._keys.unwrap(row.wrapped, kek_id=row.kek_id, bound_to=self._bound(row.key_id))
            self._unwrapped.put(row.key_id, key)
        return key

    def _file_key(self, key_id: str, key: bytes) -> FileKey:
        return FileKey(key_id=key_id, secret=ciphers.derived(key, purpose=f"{self._service}/{key_id}/files"))

    def _bound(self, key_id: str) -> bytes:
        return f"{self._service}/{key_id}".encode()


class _Unwrapped:
    """Keys in clear, for a minute and at most 500 of them: a key service would otherwise be asked for each value."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, tuple[bytes, float]] = OrderedDict()

    def get(self, key_id: str) -> bytes | None:
        """The key, unless its minute is over."""
        key, until = self._kept.get(key_id, (None, 0))
        if key is not None and monotonic() >= until:
            del self._kept[key_id]
            return None
        return key

    def put(self, key_id: str, key: bytes) -> None:
        """Keeps the key; the one kept longest makes room."""
        if len(self._kept) >= MOST_CACHED:
            self._kept.popitem(last=False)
        self._kept[key_id] = (key, monotonic() + CACHED_SECONDS)

    def drop(self, key_ids: Iterable[str]) -> None:
        """Forgets these keys at once."""
        for key_id in key_ids:
            self._kept.pop(key_id, None)


async def hold_subject(work: Work, subject: str) -> None:
    """Lets one transaction at a time write or erase what is private to this subject."""
    await hold(work.session, LOCK_CLASS, names=[subject])


def _is_current(subject: str) -> tuple[ColumnElement[bool], ...]:
    columns = subject_key.c
    return columns.subject == subject, columns.retired_at.is_(None), columns.destroyed_at.is_(None)


async def _key_row(work: Work, *where: ColumnElement[bool]) -> Any:
    return (await work.session.execute(select(subject_key).where(*where))).one_or_none()
