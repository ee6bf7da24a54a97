"""A column and an index on the two tables that every change of a service writes to."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = ("outbox", "inbox")


def upgrade() -> None:
    for table in TABLES:
        op.add_column(table, sa.Column("note", sa.Text))
    op.create_index("ix_inbox_note", "inbox", ["note"])


def downgrade() -> None:
    op.drop_index("ix_inbox_note", table_name="inbox")
    for table in reversed(TABLES):
        op.drop_column(table, "note")
