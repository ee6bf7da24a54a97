"""An administrator takes away a second factor whose app is lost, after having made sure who asks."""

from identity.domain.acting import person_behind
from identity.domain.errors import NoSecondFactor, NotOnesOwnAccount
from identity.domain.factors import without_second_factor
from identity.domain.person import Person
from identity.storage import people, sessions
from identity.storage.real_time import real_now
from shared.db.work import Work


async def reset_second_factor(work: Work, person_id: str) -> Person:
    """Every sign-in ends; the next sets up another app where the roles ask for one.

    Raises NoSecondFactor, NotOnesOwnAccount, NotFound.
    """
    if person_behind(work.principal) == person_id:
        raise NotOnesOwnAccount
    person = await people.to_change(work.session, person_id, expected_version=work.seen_version)
    await sessions.end_all_of(work.session, person_id, now=await real_now(work.session))
    factors = await people.factors_of(work.session, person_id)
    if factors.totp_sealed is None:
        raise NoSecondFactor
    await people.save_factors(work.session, without_second_factor(factors))
    return person
