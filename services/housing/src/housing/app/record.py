"""The last step of every change of a case."""

from dataclasses import replace

from housing.domain.case import Case
from housing.domain.costs import cost_change
from housing.domain.standing import standing
from housing.storage import cases
from shared.db.work import Work
from shared.workstreams.reporting import report


async def record(work: Work, changed: Case, *, before: Case | None) -> Case:
    """Saves the case, and says what changed since `before` (None: just opened): costs, workstream and work items."""
    told = cost_change(before, changed)
    counted = replace(changed, costs_said=changed.costs_said + 1) if told else changed
    saved = await cases.save(work.session, counted)
    if told:
        work.publish(told, version=saved.costs_said)
    await report(work, standing(saved, work.now))
    return saved
