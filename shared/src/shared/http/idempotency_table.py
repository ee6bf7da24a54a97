"""Answers already given, so that a repeated command has no second effect."""

from sqlalchemy import Column, DateTime, Index, LargeBinary, SmallInteger, Table, Text, func

from shared.db.metadata import mechanism

idempotency = Table(
    "idempotency",
    mechanism,
    Column("key", Text, primary_key=True),
    Column("principal", Text, primary_key=True),
    Column("route", Text, primary_key=True, comment="method and path"),
    Column("body_hash", LargeBinary, nullable=False, comment="SHA-256 of the request body"),
    Column("status", SmallInteger, nullable=False),
    Column("headers", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Index("ix_idempotency_created_at", "created_at"),
)
