"""A clinician rates their skills, a few at a time."""

from collections.abc import Sequence
from dataclasses import dataclass

from credentialing.domain.skills.checklist import Checklist, Rating, fill, rating_faults
from credentialing.domain.skills.forms.every import form_of
from credentialing.storage import checklists, files
from shared.db.versions import require_version
from shared.db.work import Work
from shared.errors import Invalid, NotFound
from shared.vault.vault import hold_subject


@dataclass(frozen=True, slots=True, kw_only=True)
class FillChecklist:
    """All ratings so far for a unit as it is ordered; `form` names another form where the unit has none of its own."""

    clinician_id: str
    unit: str
    form: str | None
    ratings: Sequence[Rating]


async def fill_checklist(work: Work, command: FillChecklist) -> Checklist:
    """Keeps them as the clinician's draft for that unit, which is begun when there is none.

    Raises NotFound out of reach, VersionMismatch, FormUnknown, and Invalid with every fault.
    """
    if not await files.reaches_clinician(work, command.clinician_id):
        raise NotFound(what="clinician", id=command.clinician_id)
    form = form_of(command.unit, named=command.form)
    found = rating_faults(form, command.ratings)
    if found:
        raise Invalid(findings=found)
    await hold_subject(work, command.clinician_id)  # two first savings at once are one draft
    draft = await checklists.draft_of(work.session, command.clinician_id, unit=command.unit)
    by = work.principal.subject
    if draft is None or (draft.form, draft.edition) != (form.unit, form.edition):
        draft = Checklist(
            checklist_id=draft.checklist_id if draft else work.new_id("chk"),
            clinician_id=command.clinician_id,
            unit=command.unit,
            form=form.unit,
            edition=form.edition,
            begun_on=work.now.date(),
            version=draft.version if draft else 0,
        )
    require_version(draft.version, work.seen_version)
    return await checklists.save(work.session, fill(draft, command.ratings, by=by))
