"""New terms change what a file asks and which days it must cover."""

from credentialing.app.begin_look_ups import begin_look_ups
from credentialing.app.record import record
from credentialing.domain import file as rules
from credentialing.domain.file_change import Why, changed
from credentialing.storage import credentials, file_changes, files, waivers
from credentialing.storage.rules import rulebook
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
    basis = rules.Basis(
        held=held,
        today=today,
        rulebook=await rulebook(work.session),
        waivers=await waivers.of_clinician(work.session, file.clinician_id),
    )
    adapted = rules.adapt(file, event.terms, facility=facility, basis=basis)
    saved = await record(work, rules.follow(adapted, event.state))
    await begin_look_ups(work, saved)
    change = changed(file, saved, why=Why.TERMS, at=work.now, change_id=work.new_id("chg"))
    if change is not None:
        await file_changes.save(work.session, change)
