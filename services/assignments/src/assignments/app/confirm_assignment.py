"""The client confirms, and a clearance that came early is applied."""

from dataclasses import dataclass

from assignments.app.change_assignment import Command, change_assignment
from assignments.app.record import record
from assignments.domain.assignment import Assignment
from assignments.domain.clearance import apply_clearance
from assignments.domain.confirmation import ConfirmedTerms
from assignments.domain.course import confirm
from shared.db.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmAssignment(Command):
    """What the client wrote; None when a person vouches for it."""

    confirmed: ConfirmedTerms | None = None


async def confirm_assignment(work: Work, command: ConfirmAssignment) -> Assignment:
    """Onboarding begins; with a remembered clearance it is over at once, as a second visible change.

    Raises InvalidTransition; TermsMismatch with every difference; NotFound, VersionMismatch.
    """
    onboarding = await change_assignment(work, command, decide=lambda at, _: confirm(at, confirmed=command.confirmed))
    return await record(work, apply_clearance(onboarding), before=onboarding)
