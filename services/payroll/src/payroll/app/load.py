"""What the use cases of a batch will ask for, read at once."""

from collections.abc import Collection, Mapping

from payroll.storage import held_pieces, profiles
from shared.db.work import Work
from shared.workstreams import reporting


async def load(work: Work, named: Mapping[str, Collection[str]]) -> None:
    """Reads and locks the profiles and workstreams of these assignments, and what their decisions look at.

    `named`: ids by the field that names them, such as `assignment_id`.
    """
    assignment_ids = named.get("assignment_id", ())
    await held_pieces.load_of_clinicians(work.session, named.get("clinician_id", ()))
    await profiles.load_of_assignments(work.session, assignment_ids)
    await reporting.load(work, assignment_ids)
