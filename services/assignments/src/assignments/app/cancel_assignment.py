"""An assignment falls off before it began."""

from dataclasses import dataclass

from assignments.app.change_assignment import Command, change_assignment
from assignments.domain.assignment import Assignment
from assignments.domain.course import cancel
from shared.db.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelAssignment(Command):
    """Why; never blank."""

    reason: str


async def cancel_assignment(work: Work, command: CancelAssignment) -> Assignment:
    """It ends today, at the facility. Raises InvalidTransition, ReasonRequired, NotFound, VersionMismatch."""
    return await change_assignment(
        work, command, decide=lambda at, around: cancel(at, on=around.today, reason=command.reason)
    )
