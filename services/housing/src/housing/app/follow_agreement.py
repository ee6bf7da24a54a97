"""A signature that assignments filed counts for housing, too."""

from housing.app.record import record
from housing.domain.commands import record_agreement
from housing.storage import cases
from shared.contracts.assignments import AgreementSigned
from shared.db.work import Work


async def follow_agreement(work: Work, event: AgreementSigned) -> None:
    """Notes which terms were signed; a signature that comes after the end of the assignment changes nothing."""
    case = await cases.of_assignment(work.session, event.assignment_id)
    if case is not None and not case.is_closed:
        await record(work, record_agreement(case, event.terms_version), before=case)
