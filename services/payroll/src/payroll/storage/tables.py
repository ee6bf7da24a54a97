"""Profiles, and the pieces that clinicians gave."""

from sqlalchemy import Boolean, Column, Date, Index, Table, Text

from shared.db.documents import document_table, service_tables

metadata = service_tables()

profile = document_table(
    "profile",
    metadata,
    Column("assignment_id", Text, nullable=False, unique=True),
    Column("clinician_id", Text, nullable=False),
    Column("facility_id", Text, nullable=False),
    Column("assignment_state", Text, nullable=False),
    Column("work_state", Text, nullable=False),
    Column("start_date", Date, nullable=False),
    Column("is_open", Boolean, nullable=False),
    Column("takes_pieces", Boolean, nullable=False),
    Index("ix_profile_clinician_id", "clinician_id"),
    Index("ix_profile_facility_id", "facility_id"),
    Index("ix_profile_start_date", "start_date", "profile_id"),
    key="profile_id",
)

held_piece = Table(
    "held_piece",
    metadata,
    Column("clinician_id", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("received_on", Date, nullable=False),
)
