"""The recruiter system enters a clinician, or changes the entry."""

from dataclasses import dataclass

from assignments.app.record_entry import Entered, record_entry
from assignments.domain.directory import ClinicianDraft, clinician_findings, clinician_of
from assignments.domain.terms_checks import beside
from assignments.storage.directory import clinicians
from shared.contracts.assignments import ClinicianChanged
from shared.db.work import Work
from shared.errors import Finding, Invalid


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterClinician:
    """The entry as it was read, under the source's own reference; `unread` is what could not be read of it."""

    source: str
    source_reference: str
    draft: ClinicianDraft
    unread: tuple[Finding, ...] = ()


async def register_clinician(work: Work, command: RegisterClinician) -> Entered[ClinicianChanged]:
    """Enters the clinician. Raises Invalid with every fault."""
    if findings := beside(command.unread, clinician_findings(command.draft)):
        raise Invalid(findings=findings)
    known = await clinicians.to_change(work.session, command.source, reference=command.source_reference)
    clinician_id = known.entry.clinician_id if known else work.new_id("cln")
    entry = clinician_of(command.draft, clinician_id=clinician_id)
    return await record_entry(work, clinicians, known=known, entry=entry)
