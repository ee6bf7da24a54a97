"""documents"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Documents, and the proof of those that are gone."""
    op.create_table(
        "document",
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("clinician_id", sa.Text(), nullable=False),
        sa.Column("partition", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False, comment="of the content, in hexadecimal"),
        sa.Column("file", sa.Text(), nullable=False, comment="the name of the stored content"),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("look_on", sa.Date(), nullable=False, comment="the day on which its retention is judged again"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment="the whole value as JSON"),
        sa.PrimaryKeyConstraint("document_id", name=op.f("pk_document")),
        sa.UniqueConstraint(
            "clinician_id", "partition", "sha256", name=op.f("uq_document_clinician_id_partition_sha256")
        ),
    )
    op.create_index("ix_document_file", "document", ["file"])
    op.create_index("ix_document_look_on", "document", ["look_on", "clinician_id"])
    is_checking = sa.text("status = 'checking'")
    op.create_index("ix_document_checking", "document", ["document_id"], postgresql_where=is_checking)
    op.create_table(
        "document_deletion",
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("clinician_id", sa.Text(), nullable=False),
        sa.Column("partition", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False, comment="of the content that is gone"),
        sa.Column("rule", sa.Text(), nullable=False, comment="what had kept it longest"),
        sa.Column("kept_through", sa.Date(), nullable=False, comment="the last day on which that rule kept it"),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("document_id", name=op.f("pk_document_deletion")),
    )
    op.create_index("ix_document_deletion_clinician_id", "document_deletion", ["clinician_id"])


def downgrade() -> None:
    """Forgets them; the files stay where they lie."""
    op.drop_table("document_deletion")
    op.drop_table("document")
