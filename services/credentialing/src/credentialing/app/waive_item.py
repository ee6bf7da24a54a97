"""The side that owns a requirement lifts it, for one assignment or for all of a clinician at a facility."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from credentialing.app.record import record
from credentialing.domain.clearance import facility_day
from credentialing.domain.commands import waive
from credentialing.domain.file import File, recheck, with_waiver
from credentialing.domain.item import FacilityWaiver, Waiver
from credentialing.domain.requirement import Party
from credentialing.storage import credentials, documents, files, waivers
from shared.db.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class WaiveItem:
    """Item `code` is waived by `party`, through a last day or for good; `document_id` is the evidence.

    `at_facility`: for every assignment of the clinician at the facility, also those that come later.
    """

    file_id: str
    code: str
    party: Party
    reason: str
    through: date | None = None
    at_facility: bool = False
    document_id: str | None = None


async def waive_item(work: Work, command: WaiveItem) -> File:
    """Writes the waiver. Raises what `commands.waive` raises, NotFound, Invalid, DocumentNotUsable, VersionMismatch."""
    seen = await files.to_read(work.session, command.file_id)
    if command.document_id is not None:
        await documents.require_evidence(work.session, command.document_id, clinician_id=seen.clinician_id)
    opened = await files.open_of_clinician(work.session, seen.clinician_id)
    file = await files.to_change(work.session, command.file_id, expected_version=work.seen_version)
    held = await credentials.of_clinician(work.session, file.clinician_id)
    waiver = _waiver(work, command, file)
    saved = await record(work, waive(file, command.code, waiver=waiver, held=held))
    if waiver.facility_id is not None:
        await _spread(work, opened, saved=saved, code=command.code, waiver=waiver)
    return saved


def _waiver(work: Work, command: WaiveItem, file: File) -> Waiver:
    return Waiver(
        by=work.principal.subject,
        party=command.party,
        reason=command.reason,
        on=facility_day(file, work.now),
        through=command.through,
        facility_id=file.facility_id if command.at_facility else None,
        document_id=command.document_id,
    )


async def _spread(work: Work, others: Sequence[File], *, saved: File, code: str, waiver: Waiver) -> None:
    """Keeps it for later assignments, and lets it count in those that are open at the facility."""
    kept = FacilityWaiver(waiver_id=work.new_id("wvr"), clinician_id=saved.clinician_id, code=code, waiver=waiver)
    await waivers.save(work.session, kept)
    held = await credentials.of_clinician(work.session, saved.clinician_id)
    for other in others:
        if other.file_id != saved.file_id and other.facility_id == waiver.facility_id:
            waived = with_waiver(other, code, waiver=waiver)
            await record(work, recheck(waived, held, today=facility_day(other, work.now)))
