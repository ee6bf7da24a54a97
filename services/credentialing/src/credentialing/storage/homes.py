"""Where clinicians live."""

from collections.abc import Collection, Mapping

from sqlalchemy.ext.asyncio import AsyncSession

from credentialing.domain.authority.residence import Residence
from credentialing.domain.home import Home, moved
from credentialing.storage.tables import home
from shared.contracts.assignments import ClinicianChanged
from shared.db.documents import Documents
from shared.db.work import Work


def _columns(value: Home) -> Mapping[str, object]:
    return {"clinician_id": value.clinician_id}


_homes = Documents(home, Home, _columns)
save = _homes.save


async def of_clinician(session: AsyncSession, clinician_id: str, *, lock: bool = False) -> Home:
    """What is known; nothing of somebody who was never heard of."""
    found = await _homes.one(session, home.c.clinician_id, value=clinician_id, lock=lock)
    return found or Home(clinician_id=clinician_id)


async def residences(work: Work, clinician_id: str) -> tuple[Residence, ...]:
    """Where they live and lived; of somebody heard of before homes were kept, the directory's home state."""
    known = await of_clinician(work.session, clinician_id)
    listed = await work.known(ClinicianChanged, clinician_id)
    if known.residences or listed is None:
        return known.residences
    return moved(known, listed.home.state, on=work.now.date()).residences


async def load_of_clinicians(session: AsyncSession, clinician_ids: Collection[str]) -> None:
    """Reads at once what `of_clinician` will be asked for, one after another."""
    await _homes.load(session, home.c.clinician_id, values=clinician_ids)
