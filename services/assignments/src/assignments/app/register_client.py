"""The recruiter system enters a client, or changes it."""

from dataclasses import dataclass

from assignments.app.record_entry import Entered, record_entry
from assignments.domain.directory import ClientDraft, client_findings, client_of
from assignments.domain.terms_checks import beside
from assignments.storage.directory import clients
from shared.contracts.assignments import ClientChanged
from shared.db.work import Work
from shared.errors import Finding, Invalid


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterClient:
    """The entry as it was read, under the source's own reference; `unread` is what could not be read of it."""

    source: str
    source_reference: str
    draft: ClientDraft
    unread: tuple[Finding, ...] = ()


async def register_client(work: Work, command: RegisterClient) -> Entered[ClientChanged]:
    """Enters the client. Raises Invalid with every fault."""
    if findings := beside(command.unread, client_findings(command.draft)):
        raise Invalid(findings=findings)
    known = await clients.to_change(work.session, command.source, reference=command.source_reference)
    client_id = known.entry.client_id if known else work.new_id("cli")
    return await record_entry(work, clients, known=known, entry=client_of(command.draft, client_id=client_id))
