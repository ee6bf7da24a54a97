"""An offer comes in, taken by the clinician or still open."""

from dataclasses import dataclass, replace

from assignments.app.record import record
from assignments.domain.assignment import Changed
from assignments.domain.course import accept, offer
from assignments.domain.errors import OfferAlreadyKnown
from assignments.domain.offer_checks import offer_findings
from assignments.domain.offer_draft import OfferDraft, offer_of
from assignments.domain.readiness import all_awaited
from assignments.domain.terms_checks import beside
from assignments.domain.view import AssignmentView, view_of
from assignments.storage import assignments
from assignments.storage.directory import clients, clinicians, facilities
from shared.db.within import OutOfReach
from shared.db.work import Work
from shared.errors import Finding, Invalid


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeOffer:
    """The offer as it was read; `unread` is what could not be read of it. Not accepted: it stays open."""

    draft: OfferDraft
    is_accepted: bool
    unread: tuple[Finding, ...] = ()


async def take_offer(work: Work, command: TakeOffer) -> AssignmentView:
    """Makes the offer an assignment. Raises OfferAlreadyKnown, OutOfReach, and Invalid with every fault."""
    draft = command.draft
    is_others = await _is_known_to_others(work, draft)
    source, session = draft.source or "", work.session
    clinician = await clinicians.named(session, draft.clinician_id, source=source, reference=draft.clinician_reference)
    facility = await facilities.named(session, draft.facility_id, source=source, reference=draft.facility_reference)
    client = await clients.named(session, draft.client_id)
    found = offer_findings(draft, facility=facility, clinician=clinician, client=client)
    if findings := beside(command.unread, found):
        raise Invalid(findings=findings)
    if is_others:
        raise OutOfReach
    assert clinician and facility, "checked by offer_findings"
    named = replace(draft, clinician_id=clinician.clinician_id, facility_id=facility.facility_id)
    made = offer_of(named, client_id=draft.client_id or facility.client_id)
    opened = offer(made, assignment_id=work.new_id("asg"), now=work.now)
    saved = await record(work, accept(opened) if command.is_accepted else Changed(assignment=opened))
    return view_of(saved, all_awaited(saved), facility=facility, now=work.now)


async def _is_known_to_others(work: Work, draft: OfferDraft) -> bool:
    """Whether the offer is known already, out of the principal's reach. Raises OfferAlreadyKnown for one within it."""
    if not (draft.source and draft.source_reference):
        return False
    known = await assignments.of_offer(work.session, draft.source, reference=draft.source_reference)
    if known is not None and assignments.reaches(work.session, known):
        raise OfferAlreadyKnown(assignment_id=known.assignment_id)
    return known is not None
