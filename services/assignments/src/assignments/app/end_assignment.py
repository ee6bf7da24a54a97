"""An assignment whose last day is reached is completed."""

from assignments.app.change_assignment import Command, change_assignment
from assignments.domain.assignment import Assignment
from assignments.domain.course import end
from shared.db.work import Work


async def end_assignment(work: Work, command: Command) -> Assignment:
    """It ended on the last day of its terms. Raises InvalidTransition, TooEarly, NotFound, VersionMismatch."""
    return await change_assignment(work, command, decide=lambda at, around: end(at, today=around.today))
