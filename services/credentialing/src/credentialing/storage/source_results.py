"""What sources said, one row per answer."""

from collections.abc import Mapping, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from credentialing.domain.source_result import SourceResult
from credentialing.storage.tables import source_result
from shared.db.documents import Documents


def _columns(value: SourceResult) -> Mapping[str, object]:
    return {"result_id": value.result_id, "clinician_id": value.clinician_id, "code": value.code}


_results = Documents(source_result, SourceResult, _columns, noun="result")
save = _results.save


async def find(session: AsyncSession, result_id: str) -> SourceResult | None:
    """The answer of that id, if it was kept."""
    return await _results.one(session, source_result.c.result_id, value=result_id)


async def of_clinician(session: AsyncSession, clinician_id: str) -> Sequence[SourceResult]:
    """Everything that sources said about what the clinician holds, in the order in which it was kept."""
    return await _results.where(session, source_result.c.clinician_id, value=clinician_id)
