"""A clinician declares where they lived and live, with proof."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from credentialing.app.change_home import change_home
from credentialing.domain.authority.residence import Residence
from credentialing.domain.home import Home
from credentialing.storage import files, homes
from shared.db.versions import require_version
from shared.db.work import Work
from shared.errors import NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclareResidences:
    """All times of primary residence that are known, in order; they replace what was known before."""

    clinician_id: str
    residences: Sequence[Residence]


async def declare_residences(work: Work, command: DeclareResidences) -> Home:
    """Replaces what is known of the clinician's homes. Raises NotFound out of reach, and VersionMismatch."""
    if not await files.reaches_clinician(work, command.clinician_id):
        raise NotFound(what="clinician", id=command.clinician_id)
    home = await homes.of_clinician(work.session, command.clinician_id, lock=True)
    require_version(home.version, work.seen_version)
    work.audit("residences.declared", object_id=command.clinician_id)
    return await change_home(work, replace(home, residences=tuple(command.residences)))
