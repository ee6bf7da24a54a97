"""A name by which somebody has gone, or goes besides, is searched for as well from now on."""

from dataclasses import dataclass

from credentialing.domain.screening.names import NameKind, PersonName
from credentialing.storage import files
from credentialing.storage.screening_people import KeptName, People
from shared.contracts.assignments import ClinicianChanged
from shared.db.work import Work
from shared.errors import NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class AddOtherName:
    """Another name of a clinician, former or used besides."""

    clinician_id: str
    first: str
    last: str
    middle: str = ""
    kind: NameKind = NameKind.FORMER


async def add_other_name(work: Work, people: People, *, command: AddOtherName) -> KeptName:
    """Keeps the name, sealed; whoever is active is screened again by it. The same name again changes nothing.

    Raises NotFound, PrivateValuesErased and VaultUnavailable.
    """
    is_reached = await files.reaches_clinician(work, command.clinician_id)
    if not is_reached or await work.known(ClinicianChanged, command.clinician_id) is None:
        raise NotFound(what="clinician", id=command.clinician_id)
    name = PersonName(first=command.first, middle=command.middle, last=command.last, kind=command.kind)
    return await people.keep_name(work, command.clinician_id, name=name)
