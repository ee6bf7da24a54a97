"""Somebody in charge ends a person's sign-ins: a lost laptop, a doubt."""

from identity.app.withdraw_access import withdraw_access
from identity.domain.person import Person
from identity.storage import people, sessions
from identity.storage.real_time import real_now
from shared.db.work import Work


async def sign_out_person(work: Work, person_id: str) -> Person:
    """Ends every sign-in and token at once; the person may sign in again. Raises NotFound, VersionMismatch."""
    person = await people.to_change(work.session, person_id, expected_version=work.seen_version)
    await sessions.end_all_of(work.session, person_id, now=await real_now(work.session))
    await withdraw_access(work, person_id, reason="signed_out")
    return person
