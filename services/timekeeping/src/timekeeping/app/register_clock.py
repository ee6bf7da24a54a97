"""The clinician can use the facility's clock."""

from dataclasses import dataclass

from shared.calendar import local_day
from shared.db.work import Work
from timekeeping.app.record import record
from timekeeping.domain import commands
from timekeeping.domain.plan import Plan
from timekeeping.storage import plans


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterClock:
    """From today on, as the facility's calendar shows it, the clinician of this plan can clock in."""

    plan_id: str


async def register_clock(work: Work, command: RegisterClock) -> Plan:
    """Notes the day. Raises what `commands.register_clock` raises, NotFound."""
    plan = await plans.to_change(work.session, command.plan_id, expected_version=work.seen_version)
    return await record(work, commands.register_clock(plan, local_day(work.now, plan.time_zone)))
