"""Other terms for an active assignment, from a day on."""

from dataclasses import dataclass

from assignments.app.change_assignment import Command, change_assignment
from assignments.domain import terms_change as rules
from assignments.domain.assignment import Assignment
from assignments.domain.terms_change import TermsChange
from shared.db.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeTerms(Command):
    """What changes, from which day, and whether the clinician accepted; a float is a change of the unit."""

    change: TermsChange


async def change_terms(work: Work, command: ChangeTerms) -> Assignment:
    """Everybody is asked again. Raises InvalidTransition, ClinicianNotAccepted, NothingChanges; Invalid with every
    fault; NotFound, VersionMismatch.
    """
    return await change_assignment(
        work,
        command,
        decide=lambda at, around: rules.change_terms(at, command.change, facility=around.facility, now=around.now),
    )
