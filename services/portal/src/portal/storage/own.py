"""What somebody who came by a link is shown: the assignments within their reach, and what these wait for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncSession

from portal.storage.tables import assignment, terms, workstream
from shared.contracts.terms import Terms
from shared.contracts.workstreams import Blocker
from shared.db.within import within
from shared.errors import NotFound

MOST = 50
_terms: TypeAdapter[Terms] = TypeAdapter(Terms)
_blockers: TypeAdapter[tuple[Blocker, ...]] = TypeAdapter(tuple[Blocker, ...])


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnAssignment:
    """One assignment as its clinician may see it."""

    assignment_id: str
    clinician_id: str | None
    facility_id: str | None
    state: str
    is_open: bool
    start_date: date | None
    end_date: date | None
    started_on: date | None
    cleared_through: date | None
    signed_version: int | None
    terms_version: int | None
    expected_ready_on: date | None
    credentialing: str | None
    payroll: str | None
    housing: str | None
    timekeeping: str | None


async def all_reached(session: AsyncSession) -> Sequence[OwnAssignment]:
    """Every assignment within reach whose offer arrived: those that are open first, the next start first."""
    order = (assignment.c.is_open.desc(), assignment.c.start_date.desc(), assignment.c.assignment_id)
    wanted = select(assignment).where(assignment.c.state.is_not(None)).order_by(*order).limit(MOST)
    return [_own(row) for row in await session.execute(within(session, wanted))]


async def one_reached(session: AsyncSession, assignment_id: str) -> OwnAssignment:
    """This assignment. Raises NotFound, also for one out of reach."""
    wanted = select(assignment).where(assignment.c.assignment_id == assignment_id, assignment.c.state.is_not(None))
    row = (await session.execute(within(session, wanted))).first()
    if row is None:
        raise NotFound(what="assignment", id=assignment_id)
    return _own(row)


async def present_terms(session: AsyncSession, found: OwnAssignment) -> Terms | None:
    """The newest terms of an assignment that was read within reach; None until they arrived."""
    wanted = select(terms.c.body).where(terms.c.assignment_id == found.assignment_id)
    body = await session.scalar(wanted.order_by(terms.c.terms_version.desc()).limit(1))
    return _terms.validate_json(body) if body else None


async def blockers_of(session: AsyncSession, found: OwnAssignment) -> Mapping[str, Sequence[Blocker]]:
    """What each of its departments waits for."""
    wanted = select(workstream.c.department, workstream.c.blockers)
    said = wanted.where(workstream.c.assignment_id == found.assignment_id).order_by(workstream.c.department)
    return {department: _blockers.validate_json(text) for department, text in await session.execute(said)}


def _own(row: Row[Any]) -> OwnAssignment:
    return OwnAssignment(**{name: row._mapping[name] for name in OwnAssignment.__slots__})
