"""One line of the merged timeline: what a service said, or what somebody did in the portal."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An event in short, with its value as it came.

    What is None of id, time, service and actor is filled in where the entry is recorded; `aggregate_version` is 0 for
    what is no event.
    """

    type: str
    key: str
    aggregate_version: int = 0
    entry_id: UUID | None = None
    at: datetime | None = None
    service: str | None = None
    actor: str | None = None
    assignment_id: str | None = None
    clinician_id: str | None = None
    facility_id: str | None = None
    work_item_id: str | None = None
    correlation_id: str | None = None
    causation_id: str | None = None
    payload: str | None = None
