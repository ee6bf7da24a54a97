"""The agency's settings, erasures, and the code that lets the first administrator in."""

from sqlalchemy import Boolean, Column, Index, Text

from identity.storage.tables.metadata import metadata
from shared.db.documents import document_table

agency_settings = document_table("agency_settings", metadata, key="settings_id")

# Not "erasure": the mechanism has a table of that name, of what this service itself forgot.
erasure_request = document_table(
    "erasure_request",
    metadata,
    Column("subject", Text, nullable=False, unique=True),
    Column("is_confirmed", Boolean, nullable=False),
    Index("ix_erasure_request_is_confirmed", "is_confirmed", "erasure_id"),
    key="erasure_id",
)

bootstrap_code = document_table("bootstrap_code", metadata, key="code_id")
