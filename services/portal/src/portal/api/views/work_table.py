"""The queue as a file."""

from typing import Any

from portal.api.pages.export import Row, Table
from portal.api.views import written
from portal.api.views.item_words import department_words, owner_name, reason_words, reasons_of
from portal.app.queries.queue import QueuePage
from portal.domain.words import ITEM_STATUSES, kind_words
from shared.money import Money

COLUMNS = (
    *("What", "Department", "Clinician", "Facility", "Unit", "Start", "Due", "Counts as due", "Why", "Owner"),
    *("At stake", "Status", "Snoozed until", "Assignment", "Work item"),
)


def queue_table(page: QueuePage) -> Table:
    """The same rows as the page, with whole instants in UTC and amounts as numbers."""
    return Table(name="my-work", columns=COLUMNS, rows=[_row(found, page) for found in page.found.rows])


def _row(found: Any, page: QueuePage) -> Row:
    names, sees_money = page.beside.names, page.asking.sees_money
    near = page.beside.assignments.get(found.assignment_id or "")
    why = "; ".join(reason_words(one, found.department, sees_money=sees_money) for one in reasons_of(found))
    cents = found.money_at_stake_cents if sees_money else None
    return (
        found.title or kind_words(found.kind),
        department_words(found),
        written.clinician(names, found.clinician_id) if found.clinician_id else None,
        written.place(names, found.facility_id) if found.facility_id else None,
        near["unit"] if near else None,
        found.start_date,
        found.due_at,
        found.rank_at,
        why,
        owner_name(names, found.owner_id) if found.owner_id else None,
        Money(cents) if cents is not None else None,
        ITEM_STATUSES.get(found.status, found.status),
        found.snoozed_until,
        found.assignment_id,
        found.work_item_id,
    )
