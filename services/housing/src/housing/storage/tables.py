"""Cases."""

from sqlalchemy import Boolean, Column, Date, Index, Text

from shared.db.documents import document_table, service_tables

metadata = service_tables()

# Not "case": a word of SQL, which everybody who looks in the database would have to quote.
housing_case = document_table(
    "housing_case",
    metadata,
    Column("assignment_id", Text, nullable=False, unique=True),
    Column("clinician_id", Text, nullable=False),
    Column("facility_id", Text, nullable=False),
    Column("assignment_state", Text, nullable=False),
    Column("mode", Text, nullable=False),
    Column("start_date", Date, nullable=False),
    Column("is_open", Boolean, nullable=False),
    Index("ix_housing_case_clinician_id", "clinician_id"),
    Index("ix_housing_case_facility_id", "facility_id"),
    Index("ix_housing_case_start_date", "start_date", "case_id"),
    key="case_id",
)
