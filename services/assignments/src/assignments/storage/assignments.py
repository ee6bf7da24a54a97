"""Assignments, by id and by the offer they came from."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from assignments.domain.assignment import Assignment
from assignments.domain.lifecycle import ENDED
from assignments.storage.identities import hold
from assignments.storage.tables import assignment, readiness
from shared.contracts.assignments import State
from shared.db.documents import Documents
from shared.periods import Period


def _columns(value: Assignment) -> Mapping[str, object]:
    return {
        "assignment_id": value.assignment_id,
        "source": value.source,
        "source_reference": value.source_reference,
        "clinician_id": value.clinician_id,
        "facility_id": value.terms.facility_id,
        "client_id": value.client_id,
        "state": value.state.value,
        "start_date": value.terms.start_date,
        "end_date": value.terms.end_date,
    }


_assignments = Documents(assignment, Assignment, _columns, counter="saves")
save, to_read, to_change = _assignments.save, _assignments.to_read, _assignments.to_change
reaches = _assignments.reaches


async def load(session: AsyncSession, assignment_ids: Collection[str]) -> None:
    """Reads and locks at once what `to_change` will be asked for, one after another."""
    await _assignments.load(session, assignment.c.assignment_id, values=assignment_ids, lock=True)


async def of_offer(session: AsyncSession, source: str, *, reference: str) -> Assignment | None:
    """The assignment that this offer became; while it is None, nobody else makes one of it."""
    await hold(session, "offer", source=source, reference=reference)
    return await _assignments.matching(session, source=source, source_reference=reference)


async def placements_beside(session: AsyncSession, known: Assignment) -> tuple[Period, ...]:
    """The days of the clinician's other assignments that are agreed and not over."""
    columns = assignment.c
    others = await _assignments.find(
        session,
        columns.clinician_id == known.clinician_id,
        columns.assignment_id != known.assignment_id,
        columns.state.not_in([state.value for state in ENDED | {State.OFFERED}]),
    )
    return tuple(other.terms.period for other in others)


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentFilter:
    """Which assignments; None asks nothing. `starts_before` leaves the day itself out."""

    state: State | None = None
    clinician_id: str | None = None
    facility_id: str | None = None
    client_id: str | None = None
    source: str | None = None
    source_reference: str | None = None
    starts_from: date | None = None
    starts_before: date | None = None
    is_ready: bool | None = None


BY_START = (assignment.c.start_date, assignment.c.assignment_id)


def listed(wanted: AssignmentFilter) -> Select[Any]:
    """The assignments that fit, as lines of a list."""
    columns = assignment.c
    statement = select(
        *(column for column in columns if column.name not in ("version", "body")), readiness.c.is_ready
    ).join(readiness, readiness.c.assignment_id == columns.assignment_id)
    names = ("state", "clinician_id", "facility_id", "client_id", "source", "source_reference")
    conditions = [columns[name] == value for name in names if (value := getattr(wanted, name)) is not None]
    if wanted.starts_from:
        conditions.append(columns.start_date >= wanted.starts_from)
    if wanted.starts_before:
        conditions.append(columns.start_date < wanted.starts_before)
    if wanted.is_ready is not None:
        conditions.append(readiness.c.is_ready == wanted.is_ready)
    return statement.where(*conditions)
