"""The backbone's tables.

The outbox names its columns by CloudEvents attributes, so that Debezium's outbox router could read it.
"""

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Identity,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    func,
    text,
)

from shared.db.metadata import mechanism

NOW = func.now()


def _instant(name: str, *, nullable: bool = False, default: bool = False) -> Column[object]:
    return Column(name, DateTime(timezone=True), nullable=nullable, server_default=NOW if default else None)


outbox = Table(
    "outbox",
    mechanism,
    Column("position", BigInteger, Identity(always=True, cache=1), nullable=False),
    Column("id", Uuid, nullable=False),
    Column("aggregatetype", Text, nullable=False, comment="the topic"),
    Column("aggregateid", Text, nullable=False),
    Column("aggregateversion", Integer, nullable=False),
    Column("type", Text, nullable=False),
    Column("payload", Text, comment="null is a tombstone"),
    Column("time", DateTime(timezone=True), nullable=False, comment="business time"),
    Column("actor", Text, nullable=False),
    Column("correlationid", Text, nullable=False),
    Column("causationid", Text),
    Column("assignmentid", Text),
    Column("traceparent", Text),
    Column("epoch", Integer, nullable=False),
    Column("shard", SmallInteger, nullable=False),
    _instant("recorded_at", default=True),
    _instant("published_at", nullable=True),
    PrimaryKeyConstraint("position", "recorded_at"),
    Index("ix_outbox_unpublished", "position", postgresql_where=text("published_at IS NULL")),
    Index("ix_outbox_assignmentid", "assignmentid", "position"),
    Index("ix_outbox_aggregate", "aggregatetype", "aggregateid", "aggregateversion"),
    postgresql_partition_by="RANGE (recorded_at)",
)

inbox = Table(
    "inbox",
    mechanism,
    Column("event_id", Uuid, primary_key=True),
    _instant("received_at", default=True),
    Index("ix_inbox_received_at", "received_at"),
)

stream_position = Table(
    "stream_position",
    mechanism,
    Column("topic", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("epoch", Integer, nullable=False),
    Column("version", Integer, nullable=False, comment="the last version applied, or passed over"),
)

parked_event = Table(
    "parked_event",
    mechanism,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("topic", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("partition", Integer, nullable=False),
    Column("record_offset", BigInteger, nullable=False),
    Column("fingerprint", LargeBinary, nullable=False, comment="SHA-256 of headers and value"),
    Column("event_id", Uuid),
    Column("type", Text),
    Column("epoch", Integer),
    Column("version", Integer),
    Column("reason", Text, nullable=False, comment="gap, failed, unavailable or undecodable"),
    Column("error", Text, nullable=False, comment="what went wrong, without values of the event"),
    Column("headers", Text, nullable=False),
    Column("value", LargeBinary),
    _instant("parked_at", default=True),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    _instant("retry_at", nullable=True),
    _instant("settled_at", nullable=True),
    Column("settled_by", Text),
    Column("settlement", Text, comment="applied, duplicate or skipped: why"),
    UniqueConstraint("topic", "partition", "record_offset", "fingerprint"),
    Index("ix_parked_event_waiting", "topic", "key", "version", postgresql_where=text("settled_at IS NULL")),
)

replica = Table(
    "replica",
    mechanism,
    Column("topic", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("body", Text, nullable=False),
)

mechanism_state = Table(
    "mechanism_state",
    mechanism,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

audit_entry = Table(
    "audit_entry",
    mechanism,
    Column("id", Uuid, primary_key=True),
    _instant("recorded_at", default=True),
    Column("at", DateTime(timezone=True), nullable=False, comment="business time"),
    Column("actor", Text, nullable=False),
    Column("on_behalf_of", Text),
    Column("action", Text, nullable=False, comment="as in the policy, such as cases.book"),
    Column("object", Text, comment="the id of what was acted upon"),
    Column("reason", Text),
    Column("request_id", Text, nullable=False),
    Column("details", Text, nullable=False, comment="JSON; never a value that is masked"),
    Index("ix_audit_entry_recorded_at", "recorded_at", "id"),
    Index("ix_audit_entry_object", "object", "recorded_at"),
    Index("ix_audit_entry_actor", "actor", "recorded_at"),
)

audit_unsealed = Table(
    "audit_unsealed",
    mechanism,
    Column("entry_id", Uuid, primary_key=True, comment="waits for the sealer"),
)

audit_seal = Table(
    "audit_seal",
    mechanism,
    Column("position", BigInteger, primary_key=True, autoincrement=False, comment="1, 2, 3 … without gaps"),
    Column("entry_id", Uuid, nullable=False, unique=True),
    Column("seal", LargeBinary, nullable=False, comment="HMAC-SHA256 over the seal before and the entry"),
)
