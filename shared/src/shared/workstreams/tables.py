"""What a department said last: its workstreams and its work items."""

from sqlalchemy import Boolean, Column, DateTime, Index, Integer, Table, Text, text

from shared.db.metadata import mechanism

workstream = Table(
    "workstream",
    mechanism,
    Column("assignment_id", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("body", Text, nullable=False, comment="the last workstream.changed"),
    Column("is_closed", Boolean, nullable=False),
    Column("looked_at", DateTime(timezone=True), nullable=False, comment="business time of the last report"),
    Index("ix_workstream_looked_at", "looked_at", postgresql_where=text("NOT is_closed")),
)

work_item = Table(
    "work_item",
    mechanism,
    Column("work_item_id", Text, primary_key=True),
    Column("assignment_id", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("state", Text, nullable=False, comment="open, completed or withdrawn"),
    Column("due_at", DateTime(timezone=True), nullable=False),
    Column("body", Text, nullable=False, comment="the last work_item.opened"),
    Index("uq_work_item_open", "assignment_id", "key", unique=True, postgresql_where=text("state = 'open'")),
    Index("ix_work_item_due", "due_at", postgresql_where=text("state = 'open'")),
)
