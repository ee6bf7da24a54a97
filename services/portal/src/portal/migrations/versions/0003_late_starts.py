"""starts that passed are found without looking at all that began"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

NOT_BEGUN = "is_open AND state IN ('offered', 'accepted', 'confirmed', 'onboarding', 'cleared')"


def upgrade() -> None:
    """Most open assignments have begun; the board asks of each view which of the others are late."""
    op.create_index(
        "ix_assignment_not_begun", "assignment", ["start_date", "assignment_id"], postgresql_where=sa.text(NOT_BEGUN)
    )


def downgrade() -> None:
    """Without the index the same is found, slower."""
    op.drop_index("ix_assignment_not_begun", table_name="assignment")
