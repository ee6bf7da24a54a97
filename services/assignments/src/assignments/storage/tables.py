"""The directory, assignments and their readiness."""

from typing import Any

from sqlalchemy import Boolean, Column, Date, Index, Table, Text, UniqueConstraint

from shared.db.documents import document_table, service_tables

metadata = service_tables()


def _directory_table(name: str, *columns: Column[Any], is_agency_wide: bool) -> Table:
    return document_table(
        name,
        metadata,
        Column("source", Text, nullable=False),
        Column("source_reference", Text, nullable=False),
        Column("name", Text, nullable=False),
        *columns,
        UniqueConstraint("source", "source_reference"),
        Index(f"ix_{name}_name", "name", f"{name}_id"),
        key=f"{name}_id",
        is_agency_wide=is_agency_wide,
    )


client = _directory_table("client", is_agency_wide=True)
facility = _directory_table("facility", Column("client_id", Text, nullable=False), is_agency_wide=False)
clinician = _directory_table("clinician", Column("discipline", Text, nullable=False), is_agency_wide=True)

assignment = document_table(
    "assignment",
    metadata,
    Column("source", Text, nullable=False),
    Column("source_reference", Text, nullable=False),
    Column("clinician_id", Text, nullable=False),
    Column("facility_id", Text, nullable=False),
    Column("client_id", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("start_date", Date, nullable=False),
    Column("end_date", Date, nullable=False),
    UniqueConstraint("source", "source_reference"),
    Index("ix_assignment_clinician_id", "clinician_id"),
    Index("ix_assignment_start_date", "start_date", "assignment_id"),
    key="assignment_id",
)

readiness = document_table(
    "readiness",
    metadata,
    Column("is_ready", Boolean, nullable=False),
    key="assignment_id",
    is_part=True,
)
