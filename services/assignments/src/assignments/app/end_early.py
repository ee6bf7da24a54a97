"""The assignment ends earlier than agreed."""

from dataclasses import dataclass
from datetime import date

from assignments.app.change_assignment import Command, change_assignment
from assignments.domain import terms_change as rules
from assignments.domain.assignment import Assignment
from shared.db.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class EndEarly(Command):
    """The new last day."""

    new_end: date


async def end_early(work: Work, command: EndEarly) -> Assignment:
    """New terms; it is over when their last day is reached. Raises InvalidTransition, NotAnEarlyEnd, NotFound,
    VersionMismatch.
    """
    return await change_assignment(
        work, command, decide=lambda at, around: rules.end_early(at, new_end=command.new_end, now=around.now)
    )
