"""Somebody's erasure was confirmed."""

from shared.contracts.identity import PersonErased
from shared.db.work import Work
from shared.vault.erasures import request_erasure


async def forget_person(work: Work, event: PersonErased) -> None:
    """Notes that their private values are to go; a job does it as soon as no hold and no law forbids it."""
    await request_erasure(work, event.subject, requested_on=event.requested_on)
