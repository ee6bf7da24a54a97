"""The last step of every change of a plan."""

from shared.contracts.timekeeping import ShiftMissed, ShiftWorked
from shared.db.work import Work
from shared.workstreams.reporting import report
from timekeeping.domain.plan import Plan
from timekeeping.domain.standing import standing
from timekeeping.storage import plans


async def record(work: Work, changed: Plan, *, said: ShiftWorked | ShiftMissed | None = None) -> Plan:
    """Saves the plan, and says what changed: what became of a shift, if it did, workstream and work items."""
    saved = await plans.save(work.session, changed)
    if said is not None:
        work.publish(said, version=saved.shift(said.shift_id).events_said)
    await report(work, standing(saved, work.now))
    return saved
