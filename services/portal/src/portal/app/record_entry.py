"""A line of the merged timeline."""

from dataclasses import replace

from portal.domain.entry import Entry
from portal.storage import assignments, timeline
from shared.db.work import Work
from shared.ids import new_uuid


async def record_entry(work: Work, entry: Entry) -> None:
    """Adds the line; what it does not say of itself (id, time, service, actor, cause, whose it is) is filled in."""
    known = None
    if entry.assignment_id:
        known = await assignments.to_change(work.session, entry.assignment_id, now=work.now)
    is_own = entry.entry_id is None
    line = replace(
        entry,
        entry_id=entry.entry_id or new_uuid(),
        at=entry.at or work.now,
        service=entry.service or work.service,
        actor=entry.actor or work.principal.subject,
        correlation_id=entry.correlation_id or work.correlation_id,
        causation_id=work.cause.causation_id if is_own else entry.causation_id,
        clinician_id=(known.clinician_id if known else None) or entry.clinician_id,
        facility_id=(known.facility_id if known else None) or entry.facility_id,
    )
    timeline.add(work.session, line)
