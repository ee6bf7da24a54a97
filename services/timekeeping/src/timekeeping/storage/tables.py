"""Plans."""

from sqlalchemy import Boolean, Column, Date, Index, Text

from shared.db.documents import document_table, service_tables

metadata = service_tables()

plan = document_table(
    "plan",
    metadata,
    Column("assignment_id", Text, nullable=False, unique=True),
    Column("clinician_id", Text, nullable=False),
    Column("facility_id", Text, nullable=False),
    Column("time_zone", Text, nullable=False),
    Column("workweek_starts", Text, nullable=False),
    Column("assignment_state", Text, nullable=False),
    Column("start_date", Date, nullable=False),
    Column("is_open", Boolean, nullable=False),
    Index("ix_plan_clinician_id", "clinician_id"),
    Index("ix_plan_facility_id", "facility_id"),
    Index("ix_plan_start_date", "start_date", "plan_id"),
    key="plan_id",
)
