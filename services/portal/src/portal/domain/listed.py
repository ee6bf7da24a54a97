"""A work item as one row of a list."""

from datetime import date, datetime
from typing import Any, NamedTuple


class Listed(NamedTuple):
    """One item as lists show it, by the row that was read: an item's own value knows more.

    A tuple, for a list has hundreds and reads each of its fields.
    """

    kind: str
    department: str
    skill: str
    assignment_id: str | None
    start_date: date | None
    due_at: datetime
    rank_at: datetime
    rank_reasons: Any
    money_at_stake_cents: int | None
    actions: Any
    is_open: bool
    work_item_id: str
    version: int
    title: str | None
    clinician_id: str | None
    facility_id: str | None
    owner_id: str | None
    status: str
    closed_at: datetime | None
    snoozed_until: datetime | None
    snoozed_for: str | None
