"""rules"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Versions of edited rules, the rule set of each file, and what new rules changed in files."""
    op.create_table(
        "rule_edit",
        sa.Column("rule_set", sa.Integer(), autoincrement=False, nullable=False, comment="counts edits"),
        sa.Column("edit_id", sa.Text(), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=False, comment="business time"),
        sa.Column("edited_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("rule_set", name=op.f("pk_rule_edit")),
    )
    op.create_table(
        "rule_version",
        sa.Column("rule_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("rule_set", sa.Integer(), nullable=False, comment="the edit that brought it"),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("effective_to", sa.Date(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False, comment="the whole rule as JSON"),
        sa.PrimaryKeyConstraint("rule_id", "version", name=op.f("pk_rule_version")),
    )
    op.create_table(
        "facility_facts",
        sa.Column("facility_id", sa.Text(), nullable=False),
        sa.Column("rule_set", sa.Integer(), nullable=False, comment="the edit that said so last"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment="the whole value as JSON"),
        sa.PrimaryKeyConstraint("facility_id", name=op.f("pk_facility_facts")),
    )
    op.create_table(
        "file_change",
        sa.Column("change_id", sa.Text(), nullable=False),
        sa.Column("file_id", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False, comment="business time"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment="the whole value as JSON"),
        sa.PrimaryKeyConstraint("change_id", name=op.f("pk_file_change")),
    )
    op.create_index("ix_file_change_file_id", "file_change", ["file_id", "change_id"])
    op.add_column("file", sa.Column("rule_set", sa.Integer(), nullable=False, server_default="0"))
    op.create_index("ix_file_rule_set", "file", ["rule_set", "file_id"], postgresql_where=sa.text("is_open"))


def downgrade() -> None:
    """Forgets them."""
    op.drop_index("ix_file_rule_set", table_name="file", postgresql_where=sa.text("is_open"))
    op.drop_column("file", "rule_set")
    op.drop_index("ix_file_change_file_id", table_name="file_change")
    op.drop_table("file_change")
    op.drop_table("facility_facts")
    op.drop_table("rule_version")
    op.drop_table("rule_edit")
