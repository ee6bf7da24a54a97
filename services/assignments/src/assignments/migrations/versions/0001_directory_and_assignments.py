"""The directory, assignments and their readiness."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "assignment",
        sa.Column("assignment_id", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("source_reference", sa.Text(), nullable=False),
        sa.Column("clinician_id", sa.Text(), nullable=False),
        sa.Column("facility_id", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("start_date", sa.Date(), nullable=False),
        sa.Column("end_date", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment="the whole value as JSON"),
        sa.PrimaryKeyConstraint("assignment_id", name=op.f("pk_assignment")),
        sa.UniqueConstraint("source", "source_reference", name=op.f("uq_assignment_source_source_reference")),
    )
    op.create_index("ix_assignment_clinician_id", "assignment", ["clinician_id"], unique=False)
    op.create_index("ix_assignment_start_date", "assignment", ["start_date", "assignment_id"], unique=False)
    op.create_table(
        "client",
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("source_reference", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment="the whole value as JSON"),
        sa.PrimaryKeyConstraint("client_id", name=op.f("pk_client")),
        sa.UniqueConstraint("source", "source_reference", name=op.f("uq_client_source_source_reference")),
    )
    op.create_index("ix_client_name", "client", ["name", "client_id"], unique=False)
    op.create_table(
        "clinician",
        sa.Column("clinician_id", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("source_reference", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("discipline", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment="the whole value as JSON"),
        sa.PrimaryKeyConstraint("clinician_id", name=op.f("pk_clinician")),
        sa.UniqueConstraint("source", "source_reference", name=op.f("uq_clinician_source_source_reference")),
    )
    op.create_index("ix_clinician_name", "clinician", ["name", "clinician_id"], unique=False)
    op.create_table(
        "facility",
        sa.Column("facility_id", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("source_reference", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment="the whole value as JSON"),
        sa.PrimaryKeyConstraint("facility_id", name=op.f("pk_facility")),
        sa.UniqueConstraint("source", "source_reference", name=op.f("uq_facility_source_source_reference")),
    )
    op.create_index("ix_facility_name", "facility", ["name", "facility_id"], unique=False)
    op.create_table(
        "readiness",
        sa.Column("assignment_id", sa.Text(), nullable=False),
        sa.Column("is_ready", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment="the whole value as JSON"),
        sa.PrimaryKeyConstraint("assignment_id", name=op.f("pk_readiness")),
    )


def downgrade() -> None:
    op.drop_table("readiness")
    op.drop_index("ix_facility_name", table_name="facility")
    op.drop_table("facility")
    op.drop_index("ix_clinician_name", table_name="clinician")
    op.drop_table("clinician")
    op.drop_index("ix_client_name", table_name="client")
    op.drop_table("client")
    op.drop_index("ix_assignment_start_date", table_name="assignment")
    op.drop_index("ix_assignment_clinician_id", table_name="assignment")
    op.drop_table("assignment")
