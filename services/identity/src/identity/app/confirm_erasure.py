"""The second of two people confirms, and somebody is forgotten everywhere."""

from identity.app.withdraw_access import withdraw_access
from identity.domain.acting import person_behind
from identity.domain.erasure import Erasure, blanked, confirm, erased_event, is_person
from identity.domain.errors import LastAdministrator
from identity.domain.link import revoke
from identity.storage import erasures, invitations, links, people, sessions
from identity.storage.real_time import real_now
from shared.contracts.catalogue import state_topic_of
from shared.contracts.identity import PersonChanged
from shared.db.redaction import redact_published
from shared.db.work import Work
from shared.errors import NotFound

PEOPLE = state_topic_of(PersonChanged)


async def confirm_erasure(work: Work, erasure_id: str) -> Erasure:
    """The erasure as it takes effect: what identity keeps of the subject is blanked, every other service hears of it.

    Raises ErasureConfirmed, ErasureNeedsAnother, LastAdministrator, NotFound, VersionMismatch.
    """
    erasure = await erasures.to_change(work.session, erasure_id, expected_version=work.seen_version)
    confirmed = confirm(erasure, confirmed_by=person_behind(work.principal), now=work.now)
    saved = await erasures.save(work.session, confirmed)
    await (_forget_person if is_person(saved.subject) else _close_links)(work, saved.subject)
    work.publish(erased_event(saved), version=saved.version)
    work.audit("erasures.confirm", object_id=saved.subject)
    return saved


async def _forget_person(work: Work, person_id: str) -> None:
    administrators = await people.administrators(work.session)
    try:
        person = await people.to_change(work.session, person_id)
    except NotFound:  # known to others alone, or never here: they still have to forget
        return
    if set(administrators) == {person_id}:
        raise LastAdministrator
    await people.forget_proofs(work.session, person_id)
    await invitations.withdraw(work.session, person_id)
    await sessions.end_all_of(work.session, person_id, now=await real_now(work.session))
    await withdraw_access(work, person_id, reason="erased")
    after = await people.save(work.session, blanked(person))
    await redact_published(work.session, PEOPLE.name, key=person_id)
    work.erase(PEOPLE, person_id, version=after.version)


async def _close_links(work: Work, clinician_id: str) -> None:
    now = await real_now(work.session)
    for link in await links.unexpired_of_clinician(work.session, clinician_id, now=now):
        if link.revoked_at is None:
            saved = await links.save(work.session, revoke(link, now))
            await withdraw_access(work, saved.link_id, reason="erased")
