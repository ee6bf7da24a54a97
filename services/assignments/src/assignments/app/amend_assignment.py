"""Other terms for an assignment that has not begun."""

from dataclasses import dataclass
from datetime import date

from assignments.app.change_assignment import Command, change_assignment
from assignments.domain.assignment import Assignment
from assignments.domain.revision import Revision
from assignments.domain.terms_change import amend
from shared.db.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendAssignment(Command):
    """What is different from the first day on, and the new last day, if there is one."""

    revision: Revision
    new_end: date | None = None


async def amend_assignment(work: Work, command: AmendAssignment) -> Assignment:
    """Everybody is asked again. Raises InvalidTransition, NothingChanges; Invalid with every fault; NotFound,
    VersionMismatch.
    """
    return await change_assignment(
        work,
        command,
        decide=lambda at, around: amend(
            at, command.revision, facility=around.facility, now=around.now, new_end=command.new_end
        ),
    )
