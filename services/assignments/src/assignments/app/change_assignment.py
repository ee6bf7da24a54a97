"""A person changes one assignment: the frame of every command but the first."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from assignments.app.record import record
from assignments.domain.assignment import Assignment, Changed
from assignments.storage import assignments
from assignments.storage.directory import facilities
from shared.calendar import local_day
from shared.contracts.assignments import FacilityChanged
from shared.db.work import Work
from shared.periods import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """About which assignment."""

    assignment_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What decisions are told besides the assignment: the facility, its local day, where else the clinician is."""

    now: datetime
    today: date
    facility: FacilityChanged
    other_placements: tuple[Period, ...]


Decide = Callable[[Assignment, Circumstances], Changed]


async def change_assignment(work: Work, command: Command, *, decide: Decide) -> Assignment:
    """Applies the decision and records it. Raises what it raises, NotFound and VersionMismatch."""
    before = await assignments.to_change(work.session, command.assignment_id, expected_version=work.seen_version)
    facility = await facilities.present(work.session, before.terms.facility_id)
    circumstances = Circumstances(
        now=work.now,
        today=local_day(work.now, facility.time_zone),
        facility=facility,
        other_placements=await assignments.placements_beside(work.session, before),
    )
    return await record(work, decide(before, circumstances), before=before)
