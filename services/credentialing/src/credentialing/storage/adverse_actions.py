"""Reports under adjudication and the notices that followed."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from credentialing.domain.measures.adverse_action import AdverseAction
from credentialing.storage.tables import adverse_action
from shared.db.documents import Documents


def _columns(value: AdverseAction) -> Mapping[str, object]:
    names = ("action_id", "file_id", "assignment_id", "clinician_id", "facility_id", "code", "opened_on", "is_open")
    return {**{name: getattr(value, name) for name in names}, "step": value.step.value}


_actions = Documents(adverse_action, AdverseAction, _columns, noun="adverse action")
save, to_read, to_change = _actions.save, _actions.to_read, _actions.to_change
BY_DAY = (adverse_action.c.opened_on, adverse_action.c.action_id)


async def of_file(session: AsyncSession, file_id: str) -> Sequence[AdverseAction]:
    """Those of a file, in id order."""
    return await _actions.where(session, adverse_action.c.file_id, value=file_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionFilter:
    """Which of them; None asks nothing."""

    file_id: str | None = None
    assignment_id: str | None = None
    is_open: bool | None = None


def listed(wanted: ActionFilter) -> Select[Any]:
    """Them as lines of a list."""
    columns = [column for column in adverse_action.c if column.name not in ("version", "body")]
    asked = {name: value for name, value in asdict(wanted).items() if value is not None}
    return select(*columns).filter_by(**asked)
