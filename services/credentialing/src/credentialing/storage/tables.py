"""Files and credentials."""

from sqlalchemy import Boolean, Column, Date, Index, Text

from shared.db.documents import document_table, service_tables

metadata = service_tables()

file = document_table(
    "file",
    metadata,
    Column("assignment_id", Text, nullable=False, unique=True),
    Column("clinician_id", Text, nullable=False),
    Column("facility_id", Text, nullable=False),
    Column("assignment_state", Text, nullable=False),
    Column("start_date", Date, nullable=False),
    Column("is_open", Boolean, nullable=False),
    Index("ix_file_clinician_id", "clinician_id"),
    Index("ix_file_start_date", "start_date", "file_id"),
    key="file_id",
)

credential = document_table(
    "credential",
    metadata,
    Column("clinician_id", Text, nullable=False),
    Column("code", Text, nullable=False),
    Index("ix_credential_clinician_id", "clinician_id"),
    key="credential_id",
    is_part=True,
)
