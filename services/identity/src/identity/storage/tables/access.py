"""Who comes in without an account of their own, and what is lent to virtual specialists."""

from sqlalchemy import Boolean, Column, Date, DateTime, Index, Table, Text

from identity.storage.tables.metadata import metadata
from shared.db.documents import document_table

api_client = document_table(
    "api_client",
    metadata,
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("is_active", Boolean, nullable=False),
    Index("ix_api_client_name", "name", "client_id"),
    key="client_id",
)

# Beside the client: signing in must neither wait for a change of the client nor make its ETag another.
api_client_use = Table(
    "api_client_use",
    metadata,
    Column("client_id", Text, primary_key=True),
    Column("last_used_on", Date, nullable=False, comment="in UTC; written at most once a day"),
)

link = document_table(
    "link",
    metadata,
    Column("digest", Text, nullable=False, unique=True, comment="SHA-256 of its token"),
    Column("clinician_id", Text),
    Column("facility_id", Text),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    Index("ix_link_clinician_id", "clinician_id"),
    Index("ix_link_facility_id", "facility_id"),
    Index("ix_link_expires_at", "expires_at", "link_id"),
    key="link_id",
)

# Not "grant": a word of SQL, which everybody who looks in the database would have to quote.
access_grant = document_table(
    "access_grant",
    metadata,
    Column("person_id", Text, nullable=False),
    Column("until", DateTime(timezone=True), nullable=False),
    Column("is_revoked", Boolean, nullable=False),
    Index("ix_access_grant_person_id", "person_id"),
    Index("ix_access_grant_until", "until", "grant_id"),
    key="grant_id",
)
