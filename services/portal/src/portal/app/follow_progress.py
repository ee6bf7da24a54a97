"""The assignment came a step further, or back."""

from portal.app.change_assignment import change_assignment
from portal.domain.assignment import moved
from portal.storage import timeline
from shared.contracts.assignments import Moved
from shared.db.work import Work


async def follow_progress(work: Work, step: Moved) -> None:
    """Keeps its state and when that was."""
    entry = await timeline.of_event(work)
    at = entry.at or work.now
    await change_assignment(work, step.assignment_id, change=lambda known: moved(known, step, at=at))
