"""The facility says who approves the hours."""

from dataclasses import dataclass

from shared.db.work import Work
from timekeeping.app.record import record
from timekeeping.domain import commands
from timekeeping.domain.plan import Contact, Plan
from timekeeping.storage import plans


@dataclass(frozen=True, slots=True, kw_only=True)
class NameApprovers:
    """`approver` approves the hours of this plan, and `backup` when that person is away."""

    plan_id: str
    approver: Contact
    backup: Contact


async def name_approvers(work: Work, command: NameApprovers) -> Plan:
    """Notes both, in place of those named before. Raises what `commands.name_approvers` raises, NotFound."""
    plan = await plans.to_change(work.session, command.plan_id, expected_version=work.seen_version)
    return await record(work, commands.name_approvers(plan, command.approver, backup=command.backup))
