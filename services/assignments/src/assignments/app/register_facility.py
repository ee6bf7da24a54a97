"""The recruiter system enters a facility, or changes it."""

from dataclasses import dataclass

from assignments.app.record_entry import Entered, record_entry
from assignments.domain.directory import FacilityDraft, facility_findings, facility_of
from assignments.domain.terms_checks import beside
from assignments.storage.directory import clients, facilities
from shared.contracts.assignments import FacilityChanged
from shared.db.work import Work
from shared.errors import Finding, Invalid


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterFacility:
    """The entry as it was read, under the source's own reference; `unread` is what could not be read of it."""

    source: str
    source_reference: str
    draft: FacilityDraft
    unread: tuple[Finding, ...] = ()


async def register_facility(work: Work, command: RegisterFacility) -> Entered[FacilityChanged]:
    """Enters the facility of a client that is known by id, or by the same source. Raises Invalid with every fault."""
    client = await clients.named(
        work.session, command.draft.client_id, source=command.source, reference=command.draft.client_reference
    )
    if findings := beside(command.unread, facility_findings(command.draft, client=client)):
        raise Invalid(findings=findings)
    known = await facilities.to_change(work.session, command.source, reference=command.source_reference)
    facility_id = known.entry.facility_id if known else work.new_id("fac")
    entry = facility_of(command.draft, facility_id=facility_id, client=client)
    return await record_entry(work, facilities, known=known, entry=entry)
