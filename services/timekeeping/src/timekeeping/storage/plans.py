"""Plans, one per assignment."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from shared.contracts.assignments import FacilityChanged
from shared.db.documents import Documents
from shared.db.versions import require_version
from shared.errors import NotFound
from timekeeping.domain.plan import Plan
from timekeeping.storage.tables import plan


def _columns(value: Plan) -> Mapping[str, object]:
    return {
        "plan_id": value.plan_id,
        "assignment_id": value.assignment_id,
        "clinician_id": value.clinician_id,
        "facility_id": value.facility_id,
        "time_zone": value.time_zone,
        "workweek_starts": value.workweek_starts.value,
        "assignment_state": value.assignment_state.value,
        "start_date": value.terms.start_date,
        "is_open": not value.is_closed,
    }


_plans = Documents(plan, Plan, _columns)
save = _plans.save


async def of_assignment(session: AsyncSession, assignment_id: str) -> Plan | None:
    """The plan of an assignment, locked for a change; None when none was opened."""
    return await _plans.get(session, plan.c.assignment_id == assignment_id, lock=True)


async def open_under_other_clocks(session: AsyncSession, facility: FacilityChanged) -> Sequence[Plan]:
    """The open plans at a facility that reckon with another time zone or workweek, locked for a change, in id order."""
    return await _plans.find(
        session,
        plan.c.facility_id == facility.facility_id,
        or_(plan.c.time_zone != facility.time_zone, plan.c.workweek_starts != facility.workweek_starts.value),
        plan.c.is_open,
        lock=True,
    )


async def to_change(session: AsyncSession, plan_id: str, *, expected_version: int | None) -> Plan:
    """The plan, locked for a change. Raises NotFound, VersionMismatch."""
    found = _found(await _plans.get(session, plan.c.plan_id == plan_id, lock=True), plan_id)
    require_version(found.version, expected_version)
    return found


async def to_read(session: AsyncSession, plan_id: str) -> Plan:
    """The plan as it is. Raises NotFound."""
    return _found(await _plans.get(session, plan.c.plan_id == plan_id), plan_id)


async def find_for_assignment(session: AsyncSession, assignment_id: str) -> Plan | None:
    """The plan of an assignment as it is."""
    return await _plans.get(session, plan.c.assignment_id == assignment_id)


BY_START = (plan.c.start_date, plan.c.plan_id)


def listed(*, starts_before: date | None, **equal: object) -> Select[Any]:
    """The plans that fit, as lines of a list. `equal`: columns and the values they are to have; None asks nothing."""
    columns = plan.c
    statement = select(
        columns.plan_id,
        columns.assignment_id,
        columns.clinician_id,
        columns.facility_id,
        columns.assignment_state,
        columns.start_date,
        columns.is_open,
    ).filter_by(**{name: value for name, value in equal.items() if value is not None})
    return statement.where(columns.start_date < starts_before) if starts_before else statement


def _found(value: Plan | None, plan_id: str) -> Plan:
    if value is None:
        raise NotFound(what="plan", id=plan_id)
    return value
