"""Profiles and held pieces."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "held_piece",
        sa.Column("clinician_id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("clinician_id", "key", name=op.f("pk_held_piece")),
    )
    op.create_table(
        "profile",
        sa.Column("profile_id", sa.Text(), nullable=False),
        sa.Column("assignment_id", sa.Text(), nullable=False),
        sa.Column("clinician_id", sa.Text(), nullable=False),
        sa.Column("facility_id", sa.Text(), nullable=False),
        sa.Column("assignment_state", sa.Text(), nullable=False),
        sa.Column("work_state", sa.Text(), nullable=False),
        sa.Column("start_date", sa.Date(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("takes_pieces", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment="the whole value as JSON"),
        sa.PrimaryKeyConstraint("profile_id", name=op.f("pk_profile")),
        sa.UniqueConstraint("assignment_id", name=op.f("uq_profile_assignment_id")),
    )
    op.create_index("ix_profile_clinician_id", "profile", ["clinician_id"], unique=False)
    op.create_index("ix_profile_facility_id", "profile", ["facility_id"], unique=False)
    op.create_index("ix_profile_start_date", "profile", ["start_date", "profile_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_profile_start_date", table_name="profile")
    op.drop_index("ix_profile_facility_id", table_name="profile")
    op.drop_index("ix_profile_clinician_id", table_name="profile")
    op.drop_table("profile")
    op.drop_table("held_piece")
