"""A payroll specialist lets the doubts about a pay package stand."""

from dataclasses import dataclass

from payroll.app.record import record
from payroll.domain import commands
from payroll.domain.profile import Profile
from payroll.storage import profiles
from shared.db.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptPackage:
    """Every open finding that can be accepted is, for the reason in the note."""

    profile_id: str
    note: str


async def accept_package(work: Work, command: AcceptPackage) -> Profile:
    """Writes who accepted what, and why. Raises what `commands.accept_package` raises, NotFound, VersionMismatch."""
    profile = await profiles.to_change(work.session, command.profile_id, expected_version=work.seen_version)
    accepted = commands.accept_package(
        profile,
        command.note,
        accepted_by=work.principal.subject,
        accepted_on=profile.calendar.day_of(work.now),
    )
    return await record(work, accepted)
