"""A case whose assignment has ended goes with the person to the next one."""

from collections.abc import Sequence
from dataclasses import replace

from credentialing.domain.file import File
from credentialing.domain.screening.case import CaseState, ExclusionCase
from credentialing.domain.screening.tasks import earliest, told
from credentialing.storage import files, screening_cases
from shared.db.work import Work

AT_ONCE = 50


async def move_exclusion_cases(work: Work) -> int:
    """Moves open cases of ended assignments, at most 50; how many. Without another assignment they are withdrawn:

    the person is screened again before the next start.
    """
    found = await screening_cases.without_assignment(work.session, limit=AT_ONCE)
    for case in found:
        opened = await files.open_of_clinician(work.session, case.clinician_id)
        await _save(work, replace(case, state=CaseState.WITHDRAWN), case, opened)
        if opened:
            await _open_elsewhere(work, case, opened)
    return len(found)


async def _open_elsewhere(work: Work, case: ExclusionCase, opened: Sequence[File]) -> None:
    file = earliest(opened)
    moved = replace(
        case,
        case_id=work.new_id("exc"),
        assignment_id=file.assignment_id,
        facility_id=file.facility_id,
        work_item_id=work.new_id("wki"),
        work_item_version=0,
        version=0,
    )
    await _save(work, moved, None, opened)


async def _save(work: Work, case: ExclusionCase, before: ExclusionCase | None, opened: Sequence[File]) -> None:
    said = told(case, before, files=opened, new_item=work.new_id("wki"))
    await screening_cases.save(work.session, said.case)
    if said.event is not None:
        work.publish(said.event, version=said.case.work_item_version)
