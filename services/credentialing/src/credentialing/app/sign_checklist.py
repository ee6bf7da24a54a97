"""A clinician stands by their ratings."""

from credentialing.app.measure_again import measure_again
from credentialing.domain.held import Held
from credentialing.domain.skills.checklist import CODE, Checklist, sign
from credentialing.domain.skills.forms.every import form_of
from credentialing.storage import checklists, credentials
from shared.db.work import Work


async def sign_checklist(work: Work, checklist_id: str) -> Checklist:
    """Signs it; it becomes a claim for the unit, which a second person's review confirms.

    Raises NotFound, VersionMismatch, ChecklistOver and ChecklistIncomplete.
    """
    draft = await checklists.to_handle(work, checklist_id)
    by, today, credential_id = work.principal.subject, work.now.date(), work.new_id("crd")
    signed = sign(draft, form_of(draft.unit, named=draft.form), by=by, on=today, credential_id=credential_id)
    claim = Held(
        credential_id=credential_id,
        clinician_id=signed.clinician_id,
        code=CODE,
        subject=signed.unit,
        issued_on=today,
        received_on=today,
        received_by=by,
    )
    await credentials.save(work.session, claim)
    await measure_again(work, signed.clinician_id)
    return await checklists.save(work.session, signed)
