"""The clinician takes an open offer."""

from assignments.app.change_assignment import Command, change_assignment
from assignments.domain.assignment import Assignment
from assignments.domain.course import accept
from shared.db.work import Work


async def accept_offer(work: Work, command: Command) -> Assignment:
    """The departments begin. Raises InvalidTransition, NotFound, VersionMismatch."""
    return await change_assignment(work, command, decide=lambda at, _: accept(at))
