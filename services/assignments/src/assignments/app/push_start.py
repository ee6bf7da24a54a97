"""The assignment starts later."""

from dataclasses import dataclass
from datetime import date

from assignments.app.change_assignment import Command, change_assignment
from assignments.domain import terms_change as rules
from assignments.domain.assignment import Assignment
from shared.db.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class PushStart(Command):
    """The new first day; the last day moves along unless it is given."""

    new_start: date
    new_end: date | None = None


async def push_start(work: Work, command: PushStart) -> Assignment:
    """Everybody is asked again. Raises InvalidTransition, NotAPush, Invalid, NotFound, VersionMismatch."""
    return await change_assignment(
        work,
        command,
        decide=lambda at, around: rules.push_start(
            at, new_start=command.new_start, new_end=command.new_end, now=around.now
        ),
    )
