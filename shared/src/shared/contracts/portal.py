"""Events of the portal: who does a work item."""

from datetime import datetime

from shared.contracts.event import Event, event


@event("work_item.assigned")
class WorkItemAssigned(Event):
    """A work item has this owner (None: nobody) and waits until this instant (None: it is to be done).

    `by` is who decided it: a person, or `system:portal` when the time came. `note_given`: the one before left words,
    which do not travel. `assignment_id` is None for a task about no assignment.
    """

    work_item_id: str
    kind: str
    by: str
    note_given: bool
    assignment_id: str | None = None
    owner_id: str | None = None
    snoozed_until: datetime | None = None
