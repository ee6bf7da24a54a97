"""A specialist confirms a credential with its source."""

from dataclasses import dataclass

from credentialing.app.change_item import change_item
from credentialing.domain.commands import verify
from credentialing.domain.file import File
from credentialing.domain.held import Check
from credentialing.domain.screening.errors import CaseStands
from credentialing.domain.screening.lists import list_named
from credentialing.storage import files, screening_cases
from shared.db.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyCredential:
    """The waiting credential of item `code` was confirmed by `source`."""

    file_id: str
    code: str
    source: str


async def verify_credential(work: Work, command: VerifyCredential) -> File:
    """Confirms it; clearance follows when it was the last. Raises what `commands.verify` raises, and CaseStands."""
    await _no_case_may_stand(work, command)
    by = work.principal.subject
    return await change_item(
        work,
        command.file_id,
        decide=lambda file, held, today: verify(
            file, command.code, held=held, check=Check(by=by, source=command.source, on=today)
        ),
    )


async def _no_case_may_stand(work: Work, command: VerifyCredential) -> None:
    """What screening found is decided by two people on its case, and not past it."""
    file = await files.to_read(work.session, command.file_id)
    for case in await screening_cases.of_clinician(work.session, file.clinician_id):
        if case.is_standing and list_named(case.list_name).code == command.code:
            raise CaseStands(item=command.code)
