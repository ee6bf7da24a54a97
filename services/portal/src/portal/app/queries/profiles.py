"""The clinician of a profile: who it is, for those alone who reach one of their assignments."""

from dataclasses import dataclass

from portal.storage import directory, names
from shared.db.work import Work
from shared.errors import NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class Whose:
    """The clinician, and the newest assignment within reach, whose file shows what is held."""

    clinician_id: str
    name: str | None
    assignment_id: str


async def whose_profile(work: Work, clinician_id: str) -> Whose:
    """The clinician. Raises NotFound where no assignment of theirs is reached: other teams' are not, here."""
    rows = await directory.assignments_of(work.session, by="clinician_id", key=clinician_id)
    if not rows:
        raise NotFound(what="clinician", id=clinician_id)
    known = await names.names_of(work.session, [clinician_id])
    return Whose(clinician_id=clinician_id, name=known.get(clinician_id), assignment_id=rows[0].assignment_id)
