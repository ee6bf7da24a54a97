"""An administrator opens a closed account again."""

from identity.app.record import record
from identity.domain.person import Person, enabled
from identity.storage import people
from shared.db.work import Work


async def enable_person(work: Work, person_id: str) -> Person:
    """Lets the person sign in again, by the proofs they had; changes nothing on an open account. Raises NotFound."""
    person = await people.to_change(work.session, person_id, expected_version=work.seen_version)
    return person if person.is_active else await record(work, enabled(person))
