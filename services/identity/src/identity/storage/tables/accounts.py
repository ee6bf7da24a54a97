"""People, what they prove themselves by, and how they came in."""

from sqlalchemy import Boolean, Column, DateTime, Index, Integer, Table, Text

from identity.storage.tables.metadata import metadata
from shared.db.documents import document_table

person = document_table(
    "person",
    metadata,
    Column("email", Text, nullable=False, unique=True, comment="in lower case"),
    Column("name", Text, nullable=False),
    Column("is_active", Boolean, nullable=False),
    Column("is_administrator", Boolean, nullable=False),
    Index("ix_person_name", "name", "person_id"),
    key="person_id",
)

factors = document_table("factors", metadata, key="person_id")

invitation = Table(
    "invitation",
    metadata,
    Column("code_hash", Text, primary_key=True),
    Column("person_id", Text, nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    Column("used_at", DateTime(timezone=True)),
    Index("ix_invitation_person_id", "person_id"),
)

outside_identity = Table(
    "outside_identity",
    metadata,
    Column("issuer", Text, primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("person_id", Text, nullable=False),
    Index("ix_outside_identity_person_id", "person_id"),
)

withdrawal = Table(
    "withdrawal",
    metadata,
    Column("subject", Text, primary_key=True),
    Column("version", Integer, nullable=False, comment="counts the times that access was withdrawn"),
    Column("withdrawn_at", DateTime(timezone=True), nullable=False, comment="real time"),
)
