"""A specialist says what the check at the source showed."""

from dataclasses import dataclass

from credentialing.app.take_result import take_result
from credentialing.domain.screening.case import CaseFinding, ExclusionCase, Found, decide
from credentialing.domain.screening.lists import list_named
from credentialing.domain.screening.results import Occasion, Standing, results_of
from credentialing.domain.screening.tasks import told
from credentialing.storage import credentials, documents, files, screening_cases
from shared.db.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideExclusionCase:
    """Whether it is the person, why, and the document that shows the check by Social Security number."""

    case_id: str
    found: Found
    reason: str
    document_id: str


async def decide_exclusion_case(work: Work, command: DecideExclusionCase) -> ExclusionCase:
    """Notes the finding: an exclusion counts at once, a release waits for a second person.

    Raises NotFound, VersionMismatch, CaseDecided, EvidenceMissing, Invalid and DocumentNotUsable.
    """
    clinician_id = (await screening_cases.to_read(work.session, command.case_id)).clinician_id
    opened = await files.open_of_clinician(work.session, clinician_id)
    case = await screening_cases.to_change(work.session, command.case_id, expected_version=work.seen_version)
    if command.document_id.strip():  # `decide` says what is missing
        await documents.require_evidence(work.session, command.document_id, clinician_id=clinician_id)
    finding = CaseFinding(
        found=command.found,
        reason=command.reason,
        document_id=command.document_id,
        by=work.principal.on_behalf_of or work.principal.subject,
        at=work.now,
    )
    said = told(decide(case, finding), case, files=opened, new_item=work.new_id("wki"))
    saved = await screening_cases.save(work.session, said.case)
    if said.event is not None:
        work.publish(said.event, version=saved.work_item_version)
    standing = Standing(
        clinician_id=clinician_id,
        files=opened,
        held=await credentials.of_clinician(work.session, clinician_id),
        cases=await screening_cases.of_clinician(work.session, clinician_id),
    )
    occasion = Occasion(at=work.now, by=finding.by, release_id=saved.release_id, document_id=command.document_id)
    for result in results_of(list_named(saved.list_name), standing, occasion=occasion, new_id=work.new_id):
        await take_result(work, result)
    return saved
