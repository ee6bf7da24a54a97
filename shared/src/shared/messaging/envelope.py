"""An event in its envelope: CloudEvents 1.0 in Kafka's binary mode (attributes in `ce_*` headers, JSON value)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shared.contracts.catalogue import is_topic, topic_named
from shared.contracts.event import Event
from shared.messaging.broker import Outgoing, Record

CONTENT_TYPE = "application/json"
LONGEST_SUBJECT = 255
COUNTS = range(2**31)
"""What versions and epochs may be: a four-byte column holds them."""


EventClass = type[Event]


class Undecodable(ValueError):
    """The record is no CloudEvent that this catalogue knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """One event on its way: the CloudEvents attributes and extensions, and the JSON value (None is a tombstone)."""

    topic: str
    id: UUID
    source: str
    type: str
    subject: str
    time: datetime
    aggregateversion: int
    epoch: int
    actor: str
    correlationid: str
    data: bytes | None
    causationid: str | None = None
    assignmentid: str | None = None
    traceparent: str | None = None
    replay: str | None = None
    """`all`, or the one consumer a repeated event is meant for; None when it is sent for the first time."""

    @property
    def publisher(self) -> str:
        """The service that published it."""
        return self.source.rpartition("/")[2]

    @property
    def is_tombstone(self) -> bool:
        """Whether the key of this state stream is to be forgotten."""
        return self.data is None

    def event_class(self) -> EventClass:
        """The class of its event. Raises Undecodable when the topic has no such event."""
        for event in topic_named(self.topic).events:
            if event.event_type == self.type:
                return event
        raise Undecodable(f"{self.topic} has no event of this type")


def source_of(service: str) -> str:
    """The CloudEvents source of a service."""
    return f"/firstshift/{service}"


def schema_of(topic: str, event_type: str) -> str:
    """The CloudEvents dataschema of an event."""
    return f"urn:firstshift:event:{event_type}:{topic.rpartition('.')[2]}"


def to_record(envelope: Envelope) -> Outgoing:
    """The Kafka record of an envelope."""
    attributes = {
        "ce_specversion": "1.0",
        "ce_id": str(envelope.id),
        "ce_source": envelope.source,
        "ce_type": envelope.type,
        "ce_subject": envelope.subject,
        "ce_time": envelope.time.isoformat(),
        "ce_dataschema": schema_of(envelope.topic, envelope.type),
        "ce_aggregateversion": str(envelope.aggregateversion),
        "ce_epoch": str(envelope.epoch),
        "ce_actor": envelope.actor,
        "ce_correlationid": envelope.correlationid,
        "ce_causationid": envelope.causationid,
        "ce_assignmentid": envelope.assignmentid,
        "ce_traceparent": envelope.traceparent,
        "ce_replay": envelope.replay,
        "content-type": CONTENT_TYPE,
    }
    headers = tuple((name, value.encode()) for name, value in attributes.items() if value is not None)
    return Outgoing(topic=envelope.topic, key=envelope.subject.encode(), value=envelope.data, headers=headers)


def from_record(record: Record) -> Envelope:
    """The envelope in a Kafka record; only the attributes are read, not the value. Raises Undecodable."""
    try:
        attributes = {name: value.decode() for name, value in record.headers}
        subject = attributes["ce_subject"]
        if record.key is None or record.key.decode() != subject:
            raise Undecodable("the record's key is not its subject")
        if attributes["ce_specversion"] != "1.0" or not is_topic(record.topic):
            raise Undecodable("unknown CloudEvents version or topic")
        if len(subject) > LONGEST_SUBJECT or "\x00" in "".join(attributes.values()):
            raise Undecodable("an attribute cannot be stored")
        return _read(record, attributes, subject)
    except (KeyError, ValueError) as error:
        if isinstance(error, Undecodable):
            raise
        raise Undecodable(f"{type(error).__name__} in the CloudEvents attributes") from None


def _read(record: Record, attributes: dict[str, str], subject: str) -> Envelope:
    time = datetime.fromisoformat(attributes["ce_time"])
    version, epoch = int(attributes["ce_aggregateversion"]), int(attributes["ce_epoch"])
    if time.tzinfo is None:
        raise Undecodable("the time has no zone")
    if version not in COUNTS or epoch not in COUNTS:
        raise Undecodable("the version or the epoch is out of range")
    return Envelope(
        topic=record.topic,
        id=UUID(attributes["ce_id"]),
        source=attributes["ce_source"],
        type=attributes["ce_type"],
        subject=subject,
        time=time,
        aggregateversion=version,
        epoch=epoch,
        actor=attributes["ce_actor"],
        correlationid=attributes["ce_correlationid"],
        causationid=attributes.get("ce_causationid"),
        assignmentid=attributes.get("ce_assignmentid"),
        traceparent=attributes.get("ce_traceparent"),
        replay=attributes.get("ce_replay"),
        data=record.value,
    )
