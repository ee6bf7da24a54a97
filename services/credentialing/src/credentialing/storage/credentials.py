"""What clinicians hold."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from credentialing.domain.held import Held
from credentialing.storage.tables import credential
from shared.db.documents import Documents


def _columns(value: Held) -> Mapping[str, object]:
    return {"credential_id": value.credential_id, "clinician_id": value.clinician_id, "code": value.code}


_credentials = Documents(credential, Held, _columns)
save = _credentials.save


async def of_clinician(session: AsyncSession, clinician_id: str) -> Sequence[Held]:
    """Everything the clinician holds or held, in the order it came in."""
    return await _credentials.where(session, credential.c.clinician_id, value=clinician_id)


async def load_of_clinicians(session: AsyncSession, clinician_ids: Collection[str]) -> None:
    """Reads at once what `of_clinician` will be asked for, one after another."""
    await _credentials.load(session, credential.c.clinician_id, values=clinician_ids)
