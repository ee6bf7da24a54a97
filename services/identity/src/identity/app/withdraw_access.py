"""The step by which tokens that have not ended are refused everywhere."""

from datetime import timedelta

from identity.storage import withdrawals
from shared.access.withdrawals import take_back
from shared.contracts.identity import AccessWithdrawn
from shared.db.real_time import real_now_at_last
from shared.db.work import Work


async def withdraw_access(work: Work, subject: str, *, reason: str) -> None:
    """Says that tokens of this person, client or link issued before now are refused.

    Tokens tell their time in whole seconds, so the instant is rounded up: one of the same second is refused too. It is
    looked at here and not at the transaction's beginning: tokens were made while this waited for its locks.
    """
    now = await real_now_at_last(work.session)
    withdrawn_at = now.replace(microsecond=0) + timedelta(seconds=1 if now.microsecond else 0)
    version = await withdrawals.note(work.session, subject, withdrawn_at=withdrawn_at)
    said = AccessWithdrawn(subject=subject, withdrawn_at=withdrawn_at, reason=reason)
    await take_back(work, said, version=version)
