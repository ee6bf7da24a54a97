"""A planned shift was not worked."""

from dataclasses import dataclass
from datetime import date

from shared.db.work import Work
from timekeeping.app.record import record
from timekeeping.domain import commands
from timekeeping.domain.plan import Plan
from timekeeping.domain.shift import MissedReason
from timekeeping.storage import plans


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordMissed:
    """The shift planned for `work_date`, the facility's day, was not worked, for this reason."""

    plan_id: str
    work_date: date
    reason: MissedReason


async def record_missed(work: Work, command: RecordMissed) -> Plan:
    """Records who did not come, or was not let. Raises what `commands.record_missed` raises, NotFound."""
    plan = await plans.to_change(work.session, command.plan_id, expected_version=work.seen_version)
    changed, said = commands.record_missed(plan, command.work_date, reason=command.reason)
    return await record(work, changed, said=said)
