"""The agency's settings, erasures, and the code that lets the first administrator in."""

from sqlalchemy import Boolean, Column, Index, Text

from identity.storage.tables.metadata import metadata
from shared.db.documents import document_table

agency_settings = document_table("agency_settings", metadata, key="settings_id")

erasure = document_table(
    "erasure",
    metadata,
    Column("subject", Text, nullable=False, unique=True),
    Column("is_confirmed", Boolean, nullable=False),
    Index("ix_erasure_is_confirmed", "is_confirmed", "erasure_id"),
    key="erasure_id",
)

bootstrap_code = document_table("bootstrap_code", metadata, key="code_id")
