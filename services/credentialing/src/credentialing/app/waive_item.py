"""The side that owns a requirement lifts it for one assignment."""

from dataclasses import dataclass
from datetime import date

from credentialing.app.record import record
from credentialing.domain.clearance import facility_day
from credentialing.domain.commands import waive
from credentialing.domain.file import File
from credentialing.domain.item import Waiver
from credentialing.domain.requirement import Party
from credentialing.storage import credentials, files
from shared.db.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class WaiveItem:
    """Item `code` is waived by `party`, through a last day or for good."""

    file_id: str
    code: str
    party: Party
    reason: str
    through: date | None = None


async def waive_item(work: Work, command: WaiveItem) -> File:
    """Writes the waiver. Raises what `commands.waive` raises, NotFound, VersionMismatch."""
    file = await files.to_change(work.session, command.file_id, expected_version=work.seen_version)
    held = await credentials.of_clinician(work.session, file.clinician_id)
    waiver = Waiver(
        by=work.principal.subject,
        party=command.party,
        reason=command.reason,
        on=facility_day(file, work.now),
        through=command.through,
    )
    return await record(work, waive(file, command.code, waiver=waiver, held=held))
