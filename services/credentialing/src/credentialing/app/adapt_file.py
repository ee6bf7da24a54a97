"""New terms change what a file asks and which days it must cover."""

from credentialing.app.record import record
from credentialing.domain import file as rules
from credentialing.storage import credentials, files
from shared.calendar import local_day
from shared.contracts.assignments import AssignmentChanged, FacilityChanged
from shared.db.work import Work


async def adapt_file(work: Work, event: AssignmentChanged) -> None:
    """Measures the file against the new terms; older terms and closed files change nothing."""
    file = await files.of_assignment(work.session, event.assignment_id)
    if file is None:
        return
    facility = await work.require_known(FacilityChanged, event.terms.facility_id)
    held = await credentials.of_clinician(work.session, file.clinician_id)
    today = local_day(work.now, facility.time_zone)
    adapted = rules.adapt(file, event.terms, facility=facility, held=held, today=today)
    await record(work, rules.follow(adapted, event.state))
