"""plans"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "plan",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("assignment_id", sa.Text(), nullable=False),
        sa.Column("clinician_id", sa.Text(), nullable=False),
        sa.Column("facility_id", sa.Text(), nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("workweek_starts", sa.Text(), nullable=False),
        sa.Column("assignment_state", sa.Text(), nullable=False),
        sa.Column("start_date", sa.Date(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment="the whole value as JSON"),
        sa.PrimaryKeyConstraint("plan_id", name=op.f("pk_plan")),
        sa.UniqueConstraint("assignment_id", name=op.f("uq_plan_assignment_id")),
    )
    op.create_index("ix_plan_clinician_id", "plan", ["clinician_id"], unique=False)
    op.create_index("ix_plan_facility_id", "plan", ["facility_id"], unique=False)
    op.create_index("ix_plan_start_date", "plan", ["start_date", "plan_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_plan_start_date", table_name="plan")
    op.drop_index("ix_plan_facility_id", table_name="plan")
    op.drop_index("ix_plan_clinician_id", table_name="plan")
    op.drop_table("plan")
