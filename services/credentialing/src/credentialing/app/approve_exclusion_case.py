"""A second person agrees that somebody is not the one on the list."""

from credentialing.app.take_result import take_result
from credentialing.domain.screening.case import ExclusionCase, approve
from credentialing.domain.screening.lists import list_named
from credentialing.domain.screening.results import Occasion, Standing, results_of
from credentialing.domain.screening.tasks import told
from credentialing.storage import credentials, files, screening_cases
from shared.db.work import Work


async def approve_exclusion_case(work: Work, case_id: str) -> ExclusionCase:
    """Releases the pair, which is remembered until the person or the row changes; clearance follows if nothing is left.

    Raises NotFound, VersionMismatch, CaseNotDecided, CaseDecided and ApprovalNeedsAnother.
    """
    clinician_id = (await screening_cases.to_read(work.session, case_id)).clinician_id
    opened = await files.open_of_clinician(work.session, clinician_id)
    case = await screening_cases.to_change(work.session, case_id, expected_version=work.seen_version)
    by = work.principal.on_behalf_of or work.principal.subject
    said = told(approve(case, by=by, at=work.now), case, files=opened, new_item=work.new_id("wki"))
    saved = await screening_cases.save(work.session, said.case)
    if said.event is not None:
        work.publish(said.event, version=saved.work_item_version)
    standing = Standing(
        clinician_id=clinician_id,
        files=opened,
        held=await credentials.of_clinician(work.session, clinician_id),
        cases=await screening_cases.of_clinician(work.session, clinician_id),
    )
    document_id = saved.finding.document_id if saved.finding else None
    occasion = Occasion(at=work.now, by=by, release_id=saved.release_id, document_id=document_id)
    for result in results_of(list_named(saved.list_name), standing, occasion=occasion, new_id=work.new_id):
        await take_result(work, result)
    return saved
