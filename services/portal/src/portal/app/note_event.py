"""Every event of every service, before anything else is done with it."""

from portal.app.change_item import change_item
from portal.app.record_entry import record_entry
from portal.domain.entry import Entry
from portal.domain.holding import awake
from portal.storage import facilities, work_items
from shared.contracts.assignments import AssignmentChanged, OfferAccepted
from shared.contracts.event import Event
from shared.db.work import Work
from shared.messaging.envelope import Envelope


async def note_event(work: Work, envelope: Envelope, *, event: Event) -> None:
    """Notes it in the timeline, its value as it came, and wakes the items of its assignment that waited for it."""
    if isinstance(event, OfferAccepted | AssignmentChanged):
        await facilities.hold(work.session, [event.terms.facility_id])  # before the assignment, as everywhere
    assignment_id = getattr(event, "assignment_id", None)
    entry = Entry(
        entry_id=envelope.id,
        at=envelope.time,
        service=envelope.publisher,
        type=envelope.type,
        key=envelope.subject,
        aggregate_version=envelope.aggregateversion,
        actor=envelope.actor,
        assignment_id=assignment_id,
        clinician_id=getattr(event, "clinician_id", None),
        work_item_id=getattr(event, "work_item_id", None),
        correlation_id=envelope.correlationid,
        causation_id=envelope.causationid,
        payload=envelope.data.decode() if envelope.data else None,
    )
    await record_entry(work, entry)
    if assignment_id:
        await _wake(work, assignment_id, event_type=envelope.type)


async def _wake(work: Work, assignment_id: str, *, event_type: str) -> None:
    for item in await work_items.open_of(work.session, assignment_id):
        if item.snoozed_for == event_type:
            await change_item(work, item.work_item_id, decide=awake)
