"""inquiries"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Questions to sources, and what sources sent by themselves."""
    op.create_table(
        "inquiry",
        sa.Column("inquiry_id", sa.Text(), nullable=False),
        sa.Column("clinician_id", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("asked_of", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=True),
        sa.Column("looked_up", sa.Text(), nullable=True, comment="jurisdiction and the mark of the number"),
        sa.Column("work_item_for", sa.Text(), nullable=True, comment="where people hear of its trouble"),
        sa.Column("next_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fence", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment="the whole value as JSON"),
        sa.PrimaryKeyConstraint("inquiry_id", name=op.f("pk_inquiry")),
    )
    op.create_index("ix_inquiry_clinician_id", "inquiry", ["clinician_id", "code"])
    op.create_index(
        "ix_inquiry_reference",
        "inquiry",
        ["asked_of", "reference"],
        postgresql_where=sa.text("reference IS NOT NULL"),
    )
    op.create_index(
        "ix_inquiry_looked_up",
        "inquiry",
        ["asked_of", "looked_up"],
        postgresql_where=sa.text("looked_up IS NOT NULL"),
    )
    op.create_index(
        "ix_inquiry_work_item_for", "inquiry", ["work_item_for"], postgresql_where=sa.text("work_item_for IS NOT NULL")
    )
    op.create_index(
        "ix_inquiry_due",
        "inquiry",
        ["asked_of", "next_at"],
        postgresql_where=sa.text("state IN ('waiting', 'pending')"),
    )
    op.create_index("ix_inquiry_asked_at", "inquiry", ["asked_of", "asked_at"])
    op.create_table(
        "vendor_event",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=True),
        sa.Column("effect", sa.Text(), nullable=False, comment="what it did: applied, unmatched, older, ignored"),
        sa.Column("received_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("source", "event_id", name=op.f("pk_vendor_event")),
    )


def downgrade() -> None:
    """Forgets them."""
    op.drop_table("vendor_event")
    for name in ("asked_at", "due", "work_item_for", "looked_up", "reference", "clinician_id"):
        op.drop_index(f"ix_inquiry_{name}", table_name="inquiry")
    op.drop_table("inquiry")
