"""claims"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """What sources said about credentials, what was decided on them, waivers beyond one assignment, homes."""
    op.create_table(
        "source_result",
        sa.Column("result_id", sa.Text(), nullable=False),
        sa.Column("clinician_id", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment="the whole value as JSON"),
        sa.PrimaryKeyConstraint("result_id", name=op.f("pk_source_result")),
    )
    op.create_index("ix_source_result_clinician_id", "source_result", ["clinician_id", "code"])
    op.create_table(
        "clearance_decision",
        sa.Column("decision_id", sa.Text(), nullable=False),
        sa.Column("file_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment="the whole value as JSON"),
        sa.PrimaryKeyConstraint("decision_id", name=op.f("pk_clearance_decision")),
    )
    op.create_index("ix_clearance_decision_file_id", "clearance_decision", ["file_id", "number"], unique=True)
    op.create_table(
        "facility_waiver",
        sa.Column("waiver_id", sa.Text(), nullable=False),
        sa.Column("clinician_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment="the whole value as JSON"),
        sa.PrimaryKeyConstraint("waiver_id", name=op.f("pk_facility_waiver")),
    )
    op.create_index("ix_facility_waiver_clinician_id", "facility_waiver", ["clinician_id"])
    op.create_table(
        "home",
        sa.Column("clinician_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment="the whole value as JSON"),
        sa.PrimaryKeyConstraint("clinician_id", name=op.f("pk_home")),
    )


def downgrade() -> None:
    """Forgets what sources said and what was decided."""
    op.drop_table("home")
    op.drop_table("facility_waiver")
    op.drop_table("clearance_decision")
    op.drop_table("source_result")
