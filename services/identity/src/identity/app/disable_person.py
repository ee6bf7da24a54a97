"""An administrator closes an account."""

from identity.app.record import record
from identity.app.withdraw_access import withdraw_access
from identity.domain.acting import person_behind
from identity.domain.person import Person, disabled
from identity.storage import invitations, people, sessions
from identity.storage.real_time import real_now
from shared.db.work import Work


async def disable_person(work: Work, person_id: str) -> Person:
    """Ends every sign-in and token at once. Raises what `person.disabled` raises, NotFound, VersionMismatch."""
    administrators = await people.administrators(work.session)
    person = await people.to_change(work.session, person_id, expected_version=work.seen_version)
    after = disabled(person, by=person_behind(work.principal), administrators=administrators)
    await sessions.end_all_of(work.session, person_id, now=await real_now(work.session))
    await invitations.withdraw(work.session, person_id)
    await withdraw_access(work, person_id, reason="disabled")
    return await record(work, after)
