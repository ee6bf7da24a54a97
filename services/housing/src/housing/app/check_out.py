"""The clinician left the agency's unit."""

from dataclasses import dataclass
from datetime import date

from housing.app.record import record
from housing.domain import commands as rules
from housing.domain.case import Case
from housing.storage import cases
from shared.db.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckOut:
    """The day on which keys and condition were taken."""

    case_id: str
    on: date


async def check_out(work: Work, command: CheckOut) -> Case:
    """Notes the day, after the end. Raises what `commands.check_out` raises, NotFound, VersionMismatch."""
    case = await cases.to_change(work.session, command.case_id, expected_version=work.seen_version)
    return await record(work, rules.check_out(case, command.on), before=case)
