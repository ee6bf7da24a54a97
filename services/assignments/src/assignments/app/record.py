"""The last step of every change of an assignment."""

from assignments.domain.assignment import Assignment, Changed
from assignments.domain.readiness import all_awaited, expect
from assignments.storage import assignments, readiness
from shared.db.work import Work


async def record(work: Work, changed: Changed, *, before: Assignment | None = None) -> Assignment:
    """Saves what differs from before, publishes its event, and awaits all four departments when the terms are new."""
    if changed.assignment == before:
        return before
    saved = await assignments.save(work.session, changed.assignment)
    if changed.event is not None:
        work.publish(changed.event, version=saved.version)
    lights = await readiness.to_change(work.session, saved.assignment_id) if before else all_awaited(saved)
    awaited = expect(lights, terms_version=saved.terms.version)
    if awaited != lights or lights.version == 0:
        await readiness.save(work.session, awaited)
    return saved
