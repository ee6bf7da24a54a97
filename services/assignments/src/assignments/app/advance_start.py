"""The assignment starts earlier."""

from dataclasses import dataclass
from datetime import date

from assignments.app.change_assignment import Command, change_assignment
from assignments.domain import terms_change as rules
from assignments.domain.assignment import Assignment
from shared.db.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvanceStart(Command):
    """The new first day; the last day moves along unless it is given."""

    new_start: date
    new_end: date | None = None


async def advance_start(work: Work, command: AdvanceStart) -> Assignment:
    """Everybody is asked again. Raises InvalidTransition, NotAnAdvance, Invalid, NotFound, VersionMismatch."""
    return await change_assignment(
        work,
        command,
        decide=lambda at, around: rules.advance_start(
            at, new_start=command.new_start, new_end=command.new_end, now=around.now, today=around.today
        ),
    )
