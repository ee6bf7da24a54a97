"""An offer was accepted."""

from dataclasses import replace

from portal.app.change_assignment import change_assignment
from portal.domain.assignment import accepted, placed
from portal.storage import facilities, terms, timeline
from shared.contracts.assignments import OfferAccepted
from shared.db.work import Work


async def follow_offer(work: Work, offer: OfferAccepted) -> None:
    """The assignment exists, with its first terms; what was told of it before belongs to its clinician by now."""
    entry = await timeline.of_event(work)
    at = entry.at or work.now
    facility = await facilities.find(work.session, offer.terms.facility_id)
    assignment = await change_assignment(
        work, offer.assignment_id, change=lambda known: placed(accepted(known, offer, at=at), facility)
    )
    version = terms.Version(
        assignment_id=offer.assignment_id,
        terms_version=offer.terms.version,
        effective_on=offer.terms.start_date,
        actor=str(entry.actor),
        at=at,
        body=offer.terms,
    )
    await terms.add(work.session, version)
    for line in await timeline.of_assignment(work.session, offer.assignment_id):
        whose = replace(line, clinician_id=assignment.clinician_id, facility_id=assignment.facility_id)
        if whose != line:
            timeline.add(work.session, whose)
