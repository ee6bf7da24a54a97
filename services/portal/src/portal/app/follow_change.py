"""New terms hold, or will."""

from portal.app.change_assignment import change_assignment
from portal.domain.assignment import changed, placed
from portal.storage import assignments, facilities, terms, timeline
from shared.contracts.assignments import AssignmentChanged
from shared.db.work import Work


async def follow_change(work: Work, change: AssignmentChanged) -> None:
    """The assignment is under them, its version is kept; at another facility it takes its whole timeline along."""
    entry = await timeline.of_event(work)
    facility = await facilities.find(work.session, change.terms.facility_id)
    before = await assignments.to_change(work.session, change.assignment_id, now=work.now)
    await change_assignment(work, change.assignment_id, change=lambda known: placed(changed(known, change), facility))
    version = terms.Version(
        assignment_id=change.assignment_id,
        terms_version=change.terms.version,
        effective_on=change.effective_on,
        actor=str(entry.actor),
        at=entry.at or work.now,
        body=change.terms,
        why=change.why.value,
        changed=change.changed,
    )
    await terms.add(work.session, version)
    if before.facility_id != change.terms.facility_id:
        await timeline.move(work.session, change.assignment_id, facility_id=change.terms.facility_id)
