"""A running assignment is broken off."""

from dataclasses import dataclass
from datetime import date

from assignments.app.change_assignment import Command, change_assignment
from assignments.domain.assignment import Assignment
from assignments.domain.course import terminate
from shared.db.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class TerminateAssignment(Command):
    """Its last day, and why; never blank."""

    on: date
    reason: str


async def terminate_assignment(work: Work, command: TerminateAssignment) -> Assignment:
    """It is over. Raises InvalidTransition, ReasonRequired, TooEarly, NotFound, VersionMismatch."""
    return await change_assignment(
        work, command, decide=lambda at, _: terminate(at, on=command.on, reason=command.reason)
    )
