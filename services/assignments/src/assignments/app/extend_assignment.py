"""The assignment ends later."""

from dataclasses import dataclass
from datetime import date

from assignments.app.change_assignment import Command, change_assignment
from assignments.domain.assignment import Assignment
from assignments.domain.revision import UNREVISED, Revision
from assignments.domain.terms_change import Extension, extend
from shared.db.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtendAssignment(Command):
    """The new last day, whether the clinician accepted, and what else holds on the added days."""

    new_end: date
    clinician_accepted: bool
    revision: Revision = UNREVISED


async def extend_assignment(work: Work, command: ExtendAssignment) -> Assignment:
    """Adds the days. Raises InvalidTransition, NotAnExtension, ClinicianNotAccepted, ConflictingPlacement; Invalid
    with every fault; NotFound, VersionMismatch.
    """
    return await change_assignment(
        work,
        command,
        decide=lambda at, around: extend(
            at,
            Extension(
                new_end=command.new_end,
                clinician_accepted=command.clinician_accepted,
                other_placements=around.other_placements,
                revision=command.revision,
            ),
            facility=around.facility,
            now=around.now,
        ),
    )
