"""The clinician did not come."""

from assignments.app.change_assignment import Command, change_assignment
from assignments.domain.assignment import Assignment
from assignments.domain.course import no_show
from shared.db.work import Work


async def report_no_show(work: Work, command: Command) -> Assignment:
    """It is over. Raises InvalidTransition, TooEarly, TimeRecorded, NotFound, VersionMismatch."""
    return await change_assignment(work, command, decide=lambda at, around: no_show(at, today=around.today))
