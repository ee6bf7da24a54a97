"""The last step of every change of a person."""

from identity.domain.person import Person, changed
from identity.storage import people
from shared.db.work import Work


async def record(work: Work, person: Person) -> Person:
    """Saves the person as the next version, and tells everybody."""
    saved = await people.save(work.session, person)
    work.publish(changed(saved), version=saved.version)
    return saved
