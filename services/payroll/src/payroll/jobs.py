"""What payroll does by itself."""

from payroll.app.load import load
from payroll.app.look_again import look_again
from shared.db.work import Work
from shared.runtime.jobs import Jobs
from shared.workstreams.looking import due_for_a_look

jobs = Jobs()


@jobs.every(seconds=15)
async def look_at_what_is_due(work: Work) -> int:
    """Looks again at the assignments that were not looked at for an hour; returns how many."""
    due = await due_for_a_look(work)
    await load(work, {"assignment_id": due})
    for assignment_id in due:
        await look_again(work, assignment_id)
    return len(due)
