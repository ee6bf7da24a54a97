"""The tables of the backbone: outbox, inbox, positions, parked events, replicas, idempotency keys, workstreams."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "idempotency",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("principal", sa.Text(), nullable=False),
        sa.Column("route", sa.Text(), nullable=False, comment="method and path"),
        sa.Column("body_hash", sa.LargeBinary(), nullable=False, comment="SHA-256 of the request body"),
        sa.Column("status", sa.SmallInteger(), nullable=False),
        sa.Column("headers", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("key", "principal", "route", name=op.f("pk_idempotency")),
    )
    op.create_index("ix_idempotency_created_at", "idempotency", ["created_at"], unique=False)
    op.create_table(
        "inbox",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_inbox")),
    )
    op.create_index("ix_inbox_received_at", "inbox", ["received_at"], unique=False)
    op.create_table(
        "mechanism_state",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_mechanism_state")),
    )
    op.create_table(
        "outbox",
        sa.Column("position", sa.BigInteger(), sa.Identity(always=True, cache=1), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("aggregatetype", sa.Text(), nullable=False, comment="the topic"),
        sa.Column("aggregateid", sa.Text(), nullable=False),
        sa.Column("aggregateversion", sa.Integer(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=True, comment="null is a tombstone"),
        sa.Column("time", sa.DateTime(timezone=True), nullable=False, comment="business time"),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("correlationid", sa.Text(), nullable=False),
        sa.Column("causationid", sa.Text(), nullable=True),
        sa.Column("assignmentid", sa.Text(), nullable=True),
        sa.Column("traceparent", sa.Text(), nullable=True),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("shard", sa.SmallInteger(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("position", "recorded_at", name=op.f("pk_outbox")),
        postgresql_partition_by="RANGE (recorded_at)",
    )
    op.create_index("ix_outbox_aggregate", "outbox", ["aggregatetype", "aggregateid", "aggregateversion"], unique=False)
    op.create_index("ix_outbox_assignmentid", "outbox", ["assignmentid", "position"], unique=False)
    op.create_index(
        "ix_outbox_unpublished", "outbox", ["position"], unique=False, postgresql_where=sa.text("published_at IS NULL")
    )
    # Months are made ahead by shared.db.partitions; a row of any other time is never refused.
    op.execute("CREATE TABLE outbox_default PARTITION OF outbox DEFAULT")
    op.create_table(
        "parked_event",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("partition", sa.Integer(), nullable=False),
        sa.Column("record_offset", sa.BigInteger(), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(), nullable=False, comment="SHA-256 of headers and value"),
        sa.Column("event_id", sa.Uuid(), nullable=True),
        sa.Column("type", sa.Text(), nullable=True),
        sa.Column("epoch", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False, comment="gap, failed, unavailable or undecodable"),
        sa.Column("error", sa.Text(), nullable=False, comment="what went wrong, without values of the event"),
        sa.Column("headers", sa.Text(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=True),
        sa.Column("parked_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("retry_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.Text(), nullable=True),
        sa.Column("settlement", sa.Text(), nullable=True, comment="applied, duplicate or skipped: why"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parked_event")),
        sa.UniqueConstraint(
            "topic",
            "partition",
            "record_offset",
            "fingerprint",
            name=op.f("uq_parked_event_topic_partition_record_offset_fingerprint"),
        ),
    )
    op.create_index(
        "ix_parked_event_waiting",
        "parked_event",
        ["topic", "key", "version"],
        unique=False,
        postgresql_where=sa.text("settled_at IS NULL"),
    )
    op.create_table(
        "replica",
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("topic", "key", name=op.f("pk_replica")),
    )
    op.create_table(
        "stream_position",
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, comment="the last version applied, or passed over"),
        sa.PrimaryKeyConstraint("topic", "key", name=op.f("pk_stream_position")),
    )
    op.create_table(
        "work_item",
        sa.Column("work_item_id", sa.Text(), nullable=False),
        sa.Column("assignment_id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False, comment="open, completed or withdrawn"),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment="the last work_item.opened"),
        sa.PrimaryKeyConstraint("work_item_id", name=op.f("pk_work_item")),
    )
    op.create_index(
        "ix_work_item_due", "work_item", ["due_at"], unique=False, postgresql_where=sa.text("state = 'open'")
    )
    op.create_index(
        "uq_work_item_open",
        "work_item",
        ["assignment_id", "key"],
        unique=True,
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_table(
        "workstream",
        sa.Column("assignment_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment="the last workstream.changed"),
        sa.Column("is_closed", sa.Boolean(), nullable=False),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=False, comment="business time of the last report"),
        sa.PrimaryKeyConstraint("assignment_id", name=op.f("pk_workstream")),
    )
    op.create_index(
        "ix_workstream_looked_at",
        "workstream",
        ["looked_at"],
        unique=False,
        postgresql_where=sa.text("NOT is_closed"),
    )


def downgrade() -> None:
    op.drop_index("ix_workstream_looked_at", table_name="workstream", postgresql_where=sa.text("NOT is_closed"))
    op.drop_table("workstream")
    op.drop_index("uq_work_item_open", table_name="work_item", postgresql_where=sa.text("state = 'open'"))
    op.drop_index("ix_work_item_due", table_name="work_item", postgresql_where=sa.text("state = 'open'"))
    op.drop_table("work_item")
    op.drop_table("stream_position")
    op.drop_table("replica")
    op.drop_index("ix_parked_event_waiting", table_name="parked_event", postgresql_where=sa.text("settled_at IS NULL"))
    op.drop_table("parked_event")
    op.drop_index("ix_outbox_unpublished", table_name="outbox", postgresql_where=sa.text("published_at IS NULL"))
    op.drop_index("ix_outbox_assignmentid", table_name="outbox")
    op.drop_index("ix_outbox_aggregate", table_name="outbox")
    op.drop_table("outbox")
    op.drop_table("mechanism_state")
    op.drop_index("ix_inbox_received_at", table_name="inbox")
    op.drop_table("inbox")
    op.drop_index("ix_idempotency_created_at", table_name="idempotency")
    op.drop_table("idempotency")
