"""Somebody confirms that the clinician has arrived."""

from dataclasses import dataclass
from datetime import date

from assignments.app.change_assignment import Command, change_assignment
from assignments.domain.assignment import Assignment
from assignments.domain.course import start
from shared.db.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class StartAssignment(Command):
    """The facility's day on which the clinician arrived."""

    started_on: date


async def start_assignment(work: Work, command: StartAssignment) -> Assignment:
    """It is active. Raises InvalidTransition, TooEarly, NotFound, VersionMismatch."""
    return await change_assignment(
        work, command, decide=lambda at, around: start(at, started_on=command.started_on, today=around.today)
    )
