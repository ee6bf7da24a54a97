"""Whose credentials wait for a source that does not answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from portal.app.queries.agency import agency_day
from portal.storage import names
from portal.storage.unanswered import oldest_of_kind
from shared.db.work import Work

KIND: Final = "source_unavailable"
"""The work item that credentialing opens once a source was asked in vain a few times."""
MOST: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Unanswered:
    """One assignment that waits for a source, by the work item that offers the check by hand."""

    work_item_id: str
    assignment_id: str
    clinician_id: str | None
    opened_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AtSources:
    """The oldest ten of them, names by id, and the agency's today."""

    waiting: Sequence[Unanswered]
    names: Mapping[str, str]
    today: date


async def at_sources(work: Work) -> AtSources:
    """Those within reach whose source does not answer, the longest waiting first."""
    rows = await oldest_of_kind(work.session, department="credentialing", kind=KIND, most=MOST)
    waiting = [
        Unanswered(
            work_item_id=row["work_item_id"],
            assignment_id=row["assignment_id"],
            clinician_id=row["clinician_id"],
            opened_at=row["opened_at"],
        )
        for row in rows
        if row["assignment_id"]
    ]
    known = await names.names_of(work.session, [one.clinician_id for one in waiting])
    return AtSources(waiting=waiting, names=known, today=await agency_day(work))
