"""A person makes new codes to recover with."""

from collections.abc import Sequence
from dataclasses import replace

from identity.clients.one_time_codes import new_recovery_codes, recovery_hash
from identity.domain.errors import NoSecondFactor
from identity.storage import people
from shared.db.work import Work


async def renew_recovery_codes(work: Work, person_id: str) -> Sequence[str]:
    """Ten codes to show once; those before are worth nothing. Raises NoSecondFactor."""
    factors = await people.factors_of(work.session, person_id)
    if not factors.has_second_factor:
        raise NoSecondFactor
    codes = new_recovery_codes()
    hashes = tuple(recovery_hash(code) for code in codes)
    await people.save_factors(work.session, replace(factors, recovery_hashes=hashes))
    return codes
