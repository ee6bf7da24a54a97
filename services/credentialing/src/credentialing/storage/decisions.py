"""What was decided about clearance, one row per decision."""

from collections.abc import Mapping, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from credentialing.domain.decision import ClearanceDecision
from credentialing.storage.tables import clearance_decision
from shared.db.documents import Documents


def _columns(value: ClearanceDecision) -> Mapping[str, object]:
    return {"decision_id": value.decision_id, "file_id": value.file_id, "number": value.number}


_decisions = Documents(clearance_decision, ClearanceDecision, _columns, noun="decision")
save = _decisions.save


async def of_file(session: AsyncSession, file_id: str) -> Sequence[ClearanceDecision]:
    """Every decision about a file, the newest first."""
    found = await _decisions.where(session, clearance_decision.c.file_id, value=file_id)
    return sorted(found, key=lambda one: one.number, reverse=True)
