"""Envelopes and records for tests, valid by default."""

from datetime import UTC, datetime
from typing import Any

from shared.contracts.event import Event, encode
from shared.contracts.workstreams import Status, WorkstreamChanged
from shared.ids import new_uuid
from shared.messaging.broker import Record
from shared.messaging.envelope import Envelope, source_of, to_record

TOPIC = "payroll.workstream.v1"


def a_workstream(assignment_id: str = "asg_1", **changes: Any) -> WorkstreamChanged:
    """Payroll's standing, with `done` as the value that tests tell apart."""
    values = {"terms_version": 1, "status": Status.OPEN, "done": 0, "total": 3, **changes}
    return WorkstreamChanged(assignment_id=assignment_id, **values)


def an_envelope(event: Event | None = None, *, version: int = 1, **changes: Any) -> Envelope:
    """An envelope as payroll's relay would make it."""
    event = event or a_workstream()
    values = {
        "topic": TOPIC,
        "id": new_uuid(),
        "source": source_of("payroll"),
        "type": event.event_type,
        "subject": getattr(event, "assignment_id", "asg_1"),
        "time": datetime(2026, 1, 5, 15, tzinfo=UTC),
        "aggregateversion": version,
        "epoch": 1,
        "actor": "system:payroll",
        "correlationid": "corr-1",
        "data": encode(event),
        **changes,
    }
    return Envelope(**values)


_offsets = iter(range(10**9))


def a_record(event: Event | None = None, *, version: int = 1, **changes: Any) -> Record:
    """The record of an envelope, at the next offset of partition 0."""
    return recorded(an_envelope(event, version=version, **changes))


def recorded(envelope: Envelope, **changes: Any) -> Record:
    """An envelope as Kafka would give it back."""
    sent = to_record(envelope)
    values = {"key": sent.key, "value": sent.value, "headers": sent.headers, **changes}
    return Record(topic=envelope.topic, partition=0, offset=next(_offsets), **values)
