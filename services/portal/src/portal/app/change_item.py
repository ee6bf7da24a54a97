"""The frame of every change of who does a work item: locked, decided, saved, told to everybody."""

from collections.abc import Callable
from dataclasses import replace

from portal.app.record import record
from portal.app.record_entry import record_entry
from portal.domain.entry import Entry
from portal.domain.item import WorkItem
from portal.storage import work_items
from shared.contracts.portal import WorkItemAssigned
from shared.db.versions import require_version
from shared.db.work import Work


async def change_item(work: Work, work_item_id: str, *, decide: Callable[[WorkItem], WorkItem]) -> WorkItem:
    """The item after the decision; nothing is saved or told where it changes nothing.

    `work.seen_version` is compared with `told`, which counts changes of who does it and until when it waits, not with
    the row's own version: what the department says meanwhile contradicts nobody. Raises NotFound, VersionMismatch and
    what `decide` raises.
    """
    before = await work_items.to_change(work.session, work_item_id)
    require_version(before.told, work.seen_version)
    after = decide(before)
    if after == before:
        return before
    saved = await record(work, replace(after, told=before.told + 1, changed_at=work.now), before=before)
    payload = work.publish(_said(saved, by=work.principal.subject), version=saved.told)
    entry = Entry(
        type=WorkItemAssigned.event_type,
        key=saved.work_item_id,
        aggregate_version=saved.told,
        work_item_id=saved.work_item_id,
        assignment_id=saved.assignment_id,
        payload=payload,
    )
    await record_entry(work, entry)
    return saved


def _said(item: WorkItem, *, by: str) -> WorkItemAssigned:
    """What is told of it; the words of a note do not travel."""
    return WorkItemAssigned(
        work_item_id=item.work_item_id,
        kind=item.kind,
        assignment_id=item.assignment_id,
        owner_id=item.owner_id,
        by=by,
        note_given=item.owner_note is not None,
        snoozed_until=item.snoozed_until,
    )
