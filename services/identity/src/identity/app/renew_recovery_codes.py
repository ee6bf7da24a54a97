"""A person makes new codes to recover with."""

from collections.abc import Sequence
from dataclasses import replace

from identity.domain.errors import NoSecondFactor
from identity.storage import people
from shared.db.work import Work


async def renew_recovery_codes(work: Work, person_id: str, *, hashes: Sequence[str]) -> None:
    """Keeps these hashes of codes; those before are worth nothing. Raises NoSecondFactor."""
    factors = await people.factors_of(work.session, person_id)
    if not factors.has_second_factor:
        raise NoSecondFactor
    await people.save_factors(work.session, replace(factors, recovery_hashes=tuple(hashes)))
