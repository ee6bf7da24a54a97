"""Accepted offers as Kafka records: the same bytes for every variant."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import count

from services.housing.tests.builders import a_facility, an_offer
from shared.contracts.assignments import OfferAccepted
from shared.contracts.event import Event
from shared.ids import new_uuid
from shared.messaging.broker import Record
from shared.messaging.envelope import Envelope, source_of
from shared.testing.events import an_envelope, recorded

TOPIC = "assignments.assignment.v1"
FACILITY = a_facility()
_numbers = count(1)


def fresh_offer() -> OfferAccepted:
    """An offer for an assignment that no measurement has seen."""
    number = next(_numbers)
    return an_offer(assignment_id=f"asg_{new_uuid().hex}", clinician_id=f"cln_{number}", source_reference=f"O-{number}")


def sealed(event: Event, *, topic: str, key: str) -> Envelope:
    """The event as the relay of assignments would send it, traced as a real command is."""
    trace = f"00-{new_uuid().hex}-{new_uuid().hex[16:]}-01"
    correlation = str(new_uuid())
    return an_envelope(
        event,
        topic=topic,
        subject=key,
        source=source_of("assignments"),
        actor="local-recruiter",
        correlationid=correlation,
        assignmentid=getattr(event, "assignment_id", None),
        traceparent=trace,
    )


def facility_record() -> Record:
    """The facility that all offers are for."""
    return recorded(sealed(FACILITY, topic="assignments.facility.v1", key=FACILITY.facility_id))


def offer_envelopes(number: int) -> Iterator[Envelope]:
    """This many fresh offers, each the first event of its assignment."""
    for _ in range(number):
        offer = fresh_offer()
        yield sealed(offer, topic=TOPIC, key=offer.assignment_id)


def offer_records(number: int, *, poison_each: int | None = None) -> list[Record]:
    """The same as records; with `poison_each`, the middle one of each so many lacks every field of its value."""
    records = []
    for place, envelope in enumerate(offer_envelopes(number)):
        is_poison = poison_each is not None and place % poison_each == poison_each // 2
        records.append(recorded(replace(envelope, data=b"{}") if is_poison else envelope))
    return records
