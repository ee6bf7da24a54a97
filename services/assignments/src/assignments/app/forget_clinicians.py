"""Clinicians whose erasure was confirmed are forgotten, once none of their assignments is on its way."""

from assignments.domain.directory import forgotten
from assignments.storage.directory import clinicians, clinicians_to_forget
from shared.contracts.assignments import ClinicianChanged
from shared.contracts.catalogue import state_topic_of
from shared.db.redaction import redact_published
from shared.db.work import Work

TOPIC = state_topic_of(ClinicianChanged)


async def forget_clinicians(work: Work) -> int:
    """Leaves of each only the id: here, in the archive of events and, by a tombstone, everywhere; how many."""
    found = await clinicians_to_forget(work.session)
    for listed in found:
        saved = await clinicians.save(work.session, forgotten(listed))
        clinician_id = saved.entry.clinician_id
        await redact_published(work.session, TOPIC.name, key=clinician_id)
        work.erase(TOPIC, clinician_id, version=saved.version)
        work.audit("clinicians.forget", object_id=clinician_id, reason="erasure confirmed")
    return len(found)
