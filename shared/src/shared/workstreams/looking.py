"""Days pass: what was on time may be late, and what was valid may have lapsed, without any event.

So each department looks again, hourly, at every assignment that is not closed for it. Which are due is data: business
time can travel, and a look that was missed is made up for.
"""

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

from sqlalchemy import ColumnElement, func, select

from shared.db.work import Work
from shared.workstreams.loading import Load
from shared.workstreams.tables import workstream

LOOK_EVERY = timedelta(hours=1)
SWEEP_SECONDS = 15
"""How often a department asks what is due."""
AT_MOST = 100


def sweep(load: Load, look_again: Callable[[Work, str], Awaitable[None]]) -> Callable[[Work], Awaitable[int]]:
    """A department's job: `load` reads at once what `look_again` then asks for, one assignment after another."""

    async def look_at_what_is_due(work: Work) -> int:
        """Looks again at the assignments that were not looked at for an hour; returns how many."""
        due = await due_for_a_look(work)
        await load(work, {"assignment_id": due})
        for assignment_id in due:
            await look_again(work, assignment_id)
        return len(due)

    return look_at_what_is_due


async def due_for_a_look(work: Work) -> Sequence[str]:
    """At most 100 assignments whose standing was last reported over an hour ago, the oldest look first."""
    statement = select(workstream.c.assignment_id).where(_is_due(work)).order_by(workstream.c.looked_at).limit(AT_MOST)
    return list(await work.session.scalars(statement))


async def count_due(work: Work) -> int:
    """How many of this service's assignments are due for a look."""
    return await work.session.scalar(select(func.count()).select_from(workstream).where(_is_due(work))) or 0


def _is_due(work: Work) -> ColumnElement[bool]:
    return ~workstream.c.is_closed & (workstream.c.looked_at < work.now - LOOK_EVERY)
