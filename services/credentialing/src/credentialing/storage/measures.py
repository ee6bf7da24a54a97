"""Samples with their audits, and what customers asked about somebody's return."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from credentialing.domain.measures.do_not_return import DoNotReturn
from credentialing.domain.measures.hcss import MeasureId
from credentialing.domain.measures.placements import WORKED
from credentialing.domain.measures.sample import Sample
from credentialing.storage.tables import audit_sample, do_not_return, file
from shared.db.documents import Documents

MOST_PLACEMENTS = 10_000


def _sample_columns(value: Sample) -> Mapping[str, object]:
    return {"sample_id": value.sample_id, "month": value.month, "measure": value.measure_id.value}


def _wish_columns(value: DoNotReturn) -> Mapping[str, object]:
    names = ("do_not_return_id", "assignment_id", "clinician_id", "facility_id", "asked_on")
    return {name: getattr(value, name) for name in names}


_samples = Documents(audit_sample, Sample, _sample_columns, noun="sample")
_wishes = Documents(do_not_return, DoNotReturn, _wish_columns, noun="do-not-return")
save_sample, sample_to_read, sample_to_change = _samples.save, _samples.to_read, _samples.to_change
save_wish = _wishes.save
BY_MONTH = (audit_sample.c.month, audit_sample.c.sample_id)


async def sample_of(session: AsyncSession, month: date, *, measure_id: MeasureId) -> Sample | None:
    """The sample of a month for a measure."""
    found = await _samples.find(session, audit_sample.c.month == month, audit_sample.c.measure == measure_id.value)
    return found[0] if found else None


async def samples_between(session: AsyncSession, *, first: date, last: date) -> Sequence[Sample]:
    """The samples of the months from the first to the last."""
    return await _samples.find(session, audit_sample.c.month >= first, audit_sample.c.month <= last)


def listed() -> Select[Any]:
    """The samples as lines of a list."""
    return select(audit_sample.c.sample_id, audit_sample.c.month, audit_sample.c.measure)


async def wish_of(session: AsyncSession, assignment_id: str) -> DoNotReturn | None:
    """What the customer asked about the assignment."""
    return await _wishes.one(session, do_not_return.c.assignment_id, value=assignment_id)


async def not_returnable(session: AsyncSession) -> frozenset[str]:
    """The ids of the assignments whose customer asked that the person not come back."""
    return frozenset(await session.scalars(select(do_not_return.c.assignment_id).limit(MOST_PLACEMENTS)))


async def count_placed(session: AsyncSession, *, first: date, last: date) -> int:
    """How many placements began from the first to the last day and were worked."""
    statement = (
        select(func.count())
        .select_from(file)
        .where(file.c.start_date >= first, file.c.start_date <= last, file.c.assignment_state.in_(WORKED))
    )
    return await session.scalar(statement) or 0
