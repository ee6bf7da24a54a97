"""What other systems say they verified."""

from collections.abc import Mapping, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from credentialing.domain.profile.importing import Assertion
from credentialing.storage.outside_tables import assertion
from shared.db.documents import Documents


def _columns(value: Assertion) -> Mapping[str, object]:
    return {name: getattr(value, name) for name in ("assertion_id", "clinician_id", "credential_id")}


_assertions = Documents(assertion, Assertion, _columns)
save, to_read, to_change = _assertions.save, _assertions.to_read, _assertions.to_change


async def of_clinician(session: AsyncSession, clinician_id: str) -> Sequence[Assertion]:
    """All about the clinician, in the order in which they came."""
    return await _assertions.where(session, assertion.c.clinician_id, value=clinician_id)
