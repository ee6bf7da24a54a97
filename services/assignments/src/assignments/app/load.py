"""What the use cases of a batch will ask for, read at once."""

from collections.abc import Collection, Mapping

from assignments.storage import assignments, readiness
from shared.db.work import Work


async def load(work: Work, named: Mapping[str, Collection[str]]) -> None:
    """Reads and locks these assignments and their lights; `named`: ids by the field that names them."""
    assignment_ids = named.get("assignment_id", ())
    await assignments.load(work.session, assignment_ids)
    await readiness.load(work.session, assignment_ids)
