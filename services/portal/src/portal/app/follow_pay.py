"""A pay statement was issued."""

from portal.app.change_assignment import change_assignment
from portal.domain.assignment import paid
from shared.contracts.payroll import PayIssued
from shared.db.work import Work


async def follow_pay(work: Work, issued: PayIssued) -> None:
    """The first of an assignment is kept: right, until it is corrected."""
    await change_assignment(work, issued.assignment_id, change=lambda known: paid(known, issued))
