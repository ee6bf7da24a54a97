"""The frame of every change of an assignment: its lights and what its items show follow."""

from collections.abc import Callable
from dataclasses import replace

from portal.domain.assignment import Assignment, lit
from portal.domain.item import ranked
from portal.storage import assignments, work_items, workstreams
from shared.db.work import Work


async def change_assignment(
    work: Work, assignment_id: str, *, change: Callable[[Assignment], Assignment]
) -> Assignment:
    """The assignment after the change. Items stand where it belongs and are ranked anew; nothing else is written."""
    before = await assignments.to_change(work.session, assignment_id, now=work.now)
    streams = await workstreams.of_assignment(work.session, assignment_id)
    after = lit(change(before), streams)
    if after != before or after.version == 0:
        after = assignments.save(work.session, replace(after, changed_at=work.now))
    is_elsewhere = _shown_with_items(after) != _shown_with_items(before)
    look = work_items.of_assignment if is_elsewhere else work_items.open_of
    for item in await look(work.session, assignment_id):
        again = ranked(item, after, streams=streams)
        if again != item:
            work_items.save(work.session, replace(again, changed_at=work.now))
    return after


def _shown_with_items(known: Assignment) -> tuple[object, ...]:
    return known.facility_id, known.clinician_id, known.source, known.awaited_start
