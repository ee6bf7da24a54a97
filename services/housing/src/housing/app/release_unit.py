"""A coordinator gives a unit up."""

from dataclasses import dataclass

from housing.app.record import record
from housing.domain.case import Case
from housing.domain.commands import release
from housing.storage import cases
from shared.calendar import local_day
from shared.db.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseUnit:
    """Why the unit goes, as a stable code."""

    case_id: str
    reason: str


async def release_unit(work: Work, command: ReleaseUnit) -> Case:
    """Gives the nights from today on up. Raises what `commands.release` raises, NotFound, VersionMismatch."""
    case = await cases.to_change(work.session, command.case_id, expected_version=work.seen_version)
    return await record(work, release(case, command.reason, today=local_day(work.now, case.time_zone)), before=case)
