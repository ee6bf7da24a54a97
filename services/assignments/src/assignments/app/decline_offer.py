"""The clinician does not take an open offer."""

from dataclasses import dataclass

from assignments.app.change_assignment import Command, change_assignment
from assignments.domain.assignment import Assignment
from assignments.domain.course import decline
from shared.db.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineOffer(Command):
    """Why, if it was said."""

    reason: str | None = None


async def decline_offer(work: Work, command: DeclineOffer) -> Assignment:
    """It ends today, at the facility. Raises InvalidTransition, NotFound, VersionMismatch."""
    return await change_assignment(
        work, command, decide=lambda at, around: decline(at, on=around.today, reason=command.reason)
    )
