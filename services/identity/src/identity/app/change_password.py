"""A person sets another password, knowing the present one."""

from collections.abc import Sequence

from identity.domain.factors import with_password
from identity.storage import attempts, people, sessions
from identity.storage.real_time import real_now
from shared.db.work import Work


async def change_password(work: Work, person_id: str, *, password_hash: str, counters: Sequence[str]) -> None:
    """Sets it, and ends every sign-in: whoever knew the old one is out. `counters` were counted in advance."""
    await attempts.forgive(work.session, counters[:1])
    now = await real_now(work.session)
    await sessions.end_all_of(work.session, person_id, now=now)
    factors = await people.factors_of(work.session, person_id)
    await people.save_factors(work.session, with_password(factors, password_hash, now=now))
