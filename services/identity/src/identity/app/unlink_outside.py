"""An administrator takes a person's outside identities away."""

from identity.domain.person import Person
from identity.storage import people
from shared.db.work import Work


async def unlink_outside(work: Work, person_id: str) -> Person:
    """From now on only the password signs them in. Raises NotFound, VersionMismatch."""
    person = await people.to_change(work.session, person_id, expected_version=work.seen_version)
    await people.unlink_outside(work.session, person_id)
    return person
