"""A shift was worked."""

from dataclasses import dataclass
from datetime import date

from shared.db.work import Work
from timekeeping.app.record import record
from timekeeping.domain import commands
from timekeeping.domain.plan import Plan
from timekeeping.domain.shift import Worked
from timekeeping.storage import plans


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordWorked:
    """The hours worked in the shift that began on `work_date`, the facility's day."""

    plan_id: str
    work_date: date
    worked: Worked


async def record_worked(work: Work, command: RecordWorked) -> Plan:
    """Records the hours, wherever the assignment is. Raises what `commands.record_worked` raises, NotFound."""
    plan = await plans.to_change(work.session, command.plan_id, expected_version=work.seen_version)
    changed, said = commands.record_worked(plan, command.work_date, worked=command.worked, new_id=work.new_id)
    return await record(work, changed, said=said)
