"""Waivers that hold for every assignment of a clinician at a facility."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from credentialing.domain.item import FacilityWaiver
from credentialing.storage.tables import facility_waiver
from shared.db.documents import Documents


def _columns(value: FacilityWaiver) -> Mapping[str, object]:
    return {"waiver_id": value.waiver_id, "clinician_id": value.clinician_id}


_waivers = Documents(facility_waiver, FacilityWaiver, _columns, noun="waiver")
save = _waivers.save


async def of_clinician(session: AsyncSession, clinician_id: str) -> Sequence[FacilityWaiver]:
    """All of the clinician's, in the order in which they were given."""
    return await _waivers.where(session, facility_waiver.c.clinician_id, value=clinician_id)


async def load_of_clinicians(session: AsyncSession, clinician_ids: Collection[str]) -> None:
    """Reads at once what `of_clinician` will be asked for, one after another."""
    await _waivers.load(session, facility_waiver.c.clinician_id, values=clinician_ids)
