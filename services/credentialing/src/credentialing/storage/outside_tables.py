"""Requests to people outside, skills checklists, and what another system says it had verified."""

from sqlalchemy import Column, Date, Index, Text, text

from credentialing.storage import tables
from shared.db.documents import document_table

metadata = tables.metadata
"""Of the whole service: whoever needs every table imports it from here."""

outside_request = document_table(
    "outside_request",
    metadata,
    Column("clinician_id", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("digest", Text, nullable=False, unique=True, comment="SHA-256 of the link's secret"),
    Column("due_on", Date, comment="of the next step: a reminder, or the end"),
    Index("ix_outside_request_clinician_id", "clinician_id"),
    Index("ix_outside_request_due_on", "due_on", "request_id", postgresql_where=text("due_on IS NOT NULL")),
    key="request_id",
    is_part=True,
)

checklist = document_table(
    "checklist",
    metadata,
    Column("clinician_id", Text, nullable=False),
    Column("unit", Text, nullable=False, comment="as it is ordered"),
    Column("state", Text, nullable=False),
    Index("ix_checklist_clinician_id", "clinician_id", "unit"),
    key="checklist_id",
    is_part=True,
)

assertion = document_table(
    "assertion",
    metadata,
    Column("clinician_id", Text, nullable=False),
    Column("credential_id", Text, nullable=False, unique=True),
    Index("ix_assertion_clinician_id", "clinician_id"),
    key="assertion_id",
    is_part=True,
)
