"""A specialist confirms a credential with its source."""

from dataclasses import dataclass

from credentialing.app.change_item import change_item
from credentialing.domain.commands import verify
from credentialing.domain.file import File, must_be_open
from credentialing.domain.held import Check
from credentialing.domain.screening.errors import CaseStands, ScreeningDecides
from credentialing.domain.screening.lists import SCREENED, list_named
from credentialing.storage import files, screening_cases
from shared.db.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyCredential:
    """The waiting credential of item `code` was confirmed by `source`."""

    file_id: str
    code: str
    source: str


async def verify_credential(work: Work, command: VerifyCredential) -> File:
    """Confirms it; clearance follows when it was the last.

    Raises what `commands.verify` raises, CaseStands, and ScreeningDecides for what is on an exclusion list or not.
    """
    if command.code in SCREENED:
        await _leave_to_screening(work, command)
    by = work.principal.subject
    return await change_item(
        work,
        command.file_id,
        decide=lambda file, held, today: verify(
            file, command.code, held=held, check=Check(by=by, source=command.source, on=today)
        ),
    )


async def _leave_to_screening(work: Work, command: VerifyCredential) -> None:
    """What screening found is decided by two people on its case; what it did not look for, by a look at the source."""
    file = await files.to_read(work.session, command.file_id)
    must_be_open(file)
    file.item(command.code)
    for case in await screening_cases.of_clinician(work.session, file.clinician_id):
        if case.is_standing and list_named(case.list_name).code == command.code:
            raise CaseStands(item=command.code)
    raise ScreeningDecides(item=command.code)
