"""A pay statement was corrected."""

from portal.app.change_assignment import change_assignment
from portal.domain.assignment import corrected
from shared.contracts.payroll import PayCorrected
from shared.db.work import Work


async def follow_pay_correction(work: Work, correction: PayCorrected) -> None:
    """Where it was the first, the clinician was not paid right."""
    await change_assignment(work, correction.assignment_id, change=lambda known: corrected(known, correction))
