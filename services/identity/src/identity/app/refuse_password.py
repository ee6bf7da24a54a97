"""A password was wrong, or its account does not exist: the attempt was counted before, and is noted now."""

from dataclasses import dataclass

from identity.domain.sign_in import Refusal
from shared.db.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusePassword:
    """Whose password; for an address without an account nobody's, and the name of its counter, which is a hash."""

    person_id: str | None
    counter: str


async def refuse_password(work: Work, command: RefusePassword) -> None:
    """Notes in the audit that somebody was kept out; an account and none cost the same.

    No address stands there: tries for one that has no account are told from tries for many by its hash.
    """
    if command.person_id:
        work.audit("sign_in.refuse", object_id=command.person_id, reason=Refusal.WRONG_PASSWORD)
    else:
        work.audit("sign_in.refuse", object_id=None, reason=Refusal.NO_ACCOUNT, details={"account": command.counter})
