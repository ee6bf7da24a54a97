"""The clinician signed."""

from portal.app.change_assignment import change_assignment
from portal.domain.assignment import signed
from shared.contracts.assignments import AgreementSigned
from shared.db.work import Work


async def follow_agreement(work: Work, agreement: AgreementSigned) -> None:
    """Keeps the newest terms that a signed agreement states."""
    await change_assignment(work, agreement.assignment_id, change=lambda known: signed(known, agreement.terms_version))
