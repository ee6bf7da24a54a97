"""Days pass: what was on time may be late, and what was valid may have lapsed, without any event.

So each department looks again, hourly, at every assignment that is not closed for it. Which are due is data: business
time can travel, and a look that was missed is made up for.
"""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import ColumnElement, func, select

from shared.db.work import Work
from shared.workstreams.tables import workstream

LOOK_EVERY = timedelta(hours=1)
AT_MOST = 100


async def due_for_a_look(work: Work) -> Sequence[str]:
    """At most 100 assignments whose standing was last reported over an hour ago, the oldest look first."""
    statement = select(workstream.c.assignment_id).where(_is_due(work)).order_by(workstream.c.looked_at).limit(AT_MOST)
    return list(await work.session.scalars(statement))


async def count_due(work: Work) -> int:
    """How many of this service's assignments are due for a look."""
    return await work.session.scalar(select(func.count()).select_from(workstream).where(_is_due(work))) or 0


def _is_due(work: Work) -> ColumnElement[bool]:
    return ~workstream.c.is_closed & (workstream.c.looked_at < work.now - LOOK_EVERY)
