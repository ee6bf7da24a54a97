"""A second person looks at what a clinician says they can do."""

from dataclasses import dataclass

from credentialing.app.take_result import take_result
from credentialing.domain.skills.checklist import CODE, Checklist, Review, review
from credentialing.domain.source_result import Outcome, SourceResult
from credentialing.storage import checklists
from shared.db.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewChecklist:
    """Whether it is accepted for the unit, and why."""

    checklist_id: str
    accepts: bool
    note: str


async def review_checklist(work: Work, command: ReviewChecklist) -> Checklist:
    """Takes the review as the second person's answer about the claim.

    Raises NotFound, VersionMismatch, NothingToReview and ReviewerFilledIt.
    """
    signed = await checklists.to_handle(work, command.checklist_id)
    by = work.principal.subject
    decided = Review(accepts=command.accepts, by=by, on=work.now.date(), note=command.note)
    reviewed = await checklists.save(work.session, review(signed, decided))
    result = SourceResult(
        result_id=work.new_id("res"),
        clinician_id=signed.clinician_id,
        code=CODE,
        subject=signed.unit,
        source="second_person",
        outcome=Outcome.CONFIRMED if command.accepts else Outcome.REFUTED,
        checked_at=work.now,
        checked_by=by,
        credential_id=signed.credential_id,
        reference=signed.checklist_id,
        note=command.note,
    )
    await take_result(work, result)
    return reviewed
