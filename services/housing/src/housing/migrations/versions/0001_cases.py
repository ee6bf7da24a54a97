"""cases"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "housing_case",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("assignment_id", sa.Text(), nullable=False),
        sa.Column("clinician_id", sa.Text(), nullable=False),
        sa.Column("facility_id", sa.Text(), nullable=False),
        sa.Column("assignment_state", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("start_date", sa.Date(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment="the whole value as JSON"),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_housing_case")),
        sa.UniqueConstraint("assignment_id", name=op.f("uq_housing_case_assignment_id")),
    )
    op.create_index("ix_housing_case_clinician_id", "housing_case", ["clinician_id"], unique=False)
    op.create_index("ix_housing_case_facility_id", "housing_case", ["facility_id"], unique=False)
    op.create_index("ix_housing_case_start_date", "housing_case", ["start_date", "case_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_housing_case_start_date", table_name="housing_case")
    op.drop_index("ix_housing_case_facility_id", table_name="housing_case")
    op.drop_index("ix_housing_case_clinician_id", table_name="housing_case")
    op.drop_table("housing_case")
