"""The first of two people asks that somebody be forgotten."""

from dataclasses import dataclass

from identity.domain.access_errors import ErasureAsked
from identity.domain.acting import person_behind
from identity.domain.erasure import Erasure
from identity.storage import erasures
from shared.db.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class AskErasure:
    """Whom, by the id of a clinician or of a person with an account, and why."""

    subject: str
    reason: str


async def ask_erasure(work: Work, command: AskErasure) -> Erasure:
    """What awaits the second person; nothing is erased yet. Raises ErasureAsked: a subject is erased once."""
    known = await erasures.of_subject(work.session, command.subject)
    if known is not None:
        raise ErasureAsked(erasure_id=known.erasure_id)
    erasure = Erasure(
        erasure_id=work.new_id("ers"),
        subject=command.subject,
        reason=command.reason,
        asked_by=person_behind(work.principal),
        asked_at=work.now,
    )
    work.audit("erasures.ask", object_id=erasure.subject, reason=erasure.reason)
    return await erasures.save(work.session, erasure)
