"""Somebody has read where notes mention them."""

from dataclasses import dataclass

from portal.storage import notes
from shared.db.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class SeeMention:
    """The note that was read; None for all of them."""

    note_id: str | None


async def see_mention(work: Work, command: SeeMention) -> None:
    """What was unseen is seen from now on. A note that does not mention the person changes nothing."""
    await notes.seen(work.session, work.principal.subject, note_id=command.note_id, now=work.now)
