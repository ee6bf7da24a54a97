"""Requests to people outside, and what is private of them: sealed under the clinician's key."""

import json
from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from credentialing.domain.outside.request import OutsideRequest
from credentialing.storage import files
from credentialing.storage.outside_tables import outside_request
from shared.db.documents import Documents
from shared.db.work import Work
from shared.errors import NotFound
from shared.vault.ciphers import Place
from shared.vault.errors import PrivateValuesErased
from shared.vault.values import Sealed, Secret
from shared.vault.vault import Vault

PERSON, ANSWER = "person", "answer"


def _columns(value: OutsideRequest) -> Mapping[str, object]:
    names = ("request_id", "clinician_id", "code", "digest", "due_on")
    return {**{name: getattr(value, name) for name in names}, "state": value.state.value}


_requests = Documents(outside_request, OutsideRequest, _columns, noun="request")
save, to_read, to_change = _requests.save, _requests.to_read, _requests.to_change


async def of_clinician(session: AsyncSession, clinician_id: str) -> Sequence[OutsideRequest]:
    """All about the clinician, in the order in which they were asked."""
    return await _requests.where(session, outside_request.c.clinician_id, value=clinician_id)


async def of_secret(session: AsyncSession, digest: str, *, lock: bool = False) -> OutsideRequest | None:
    """The request whose link has the secret of this digest."""
    return await _requests.one(session, outside_request.c.digest, value=digest, lock=lock)


async def to_handle(work: Work, request_id: str) -> OutsideRequest:
    """The request, locked for a change; the clinician's files before it, as everybody locks them.

    Raises NotFound, also for one about a clinician out of reach, and VersionMismatch.
    """
    seen = await to_read(work.session, request_id)
    if not await files.reaches_clinician(work, seen.clinician_id):
        raise NotFound(what="request", id=request_id)
    await files.open_of_clinician(work.session, seen.clinician_id)
    return await to_change(work.session, request_id, expected_version=work.seen_version)


async def due(session: AsyncSession, today: date, *, limit: int) -> Sequence[OutsideRequest]:
    """Those with a step that is due, locked for a change, in id order."""
    return await _requests.find(session, outside_request.c.due_on <= today, limit=limit, lock=True)


class Confidences:
    """Seals and opens what people outside are called and what they say."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    async def sealed(
        self, work: Work, said: Mapping[str, str], *, column: str, clinician_id: str, request_id: str
    ) -> str:
        """What was said, for this request's row alone. Raises PrivateValuesErased and VaultUnavailable."""
        secret = Secret(json.dumps(dict(said), ensure_ascii=False, sort_keys=True))
        return str(await self._vault.seal(work, subject=clinician_id, place=_place(request_id, column), secret=secret))

    async def opened(self, work: Work, text: str | None, *, column: str, request_id: str) -> Mapping[str, str] | None:
        """What was said; None when nothing was, and when the clinician was erased.

        Raises SealBroken and VaultUnavailable.
        """
        if text is None:
            return None
        try:
            secret = await self._vault.open(work, Sealed(text), place=_place(request_id, column))
        except PrivateValuesErased:
            return None
        found: Mapping[str, str] = json.loads(secret.reveal())
        return found


def _place(request_id: str, column: str) -> Place:
    return Place(table="outside_request", row=request_id, column=column)
