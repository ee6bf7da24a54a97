"""packets"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0007"
down_revision: str | None = "0006"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """What each facility wants, what was built and sent, and which documents are in it."""
    op.create_table(
        "packet_template",
        sa.Column("facility_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, comment="of the version, from 1"),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=False, comment="business time"),
        sa.Column("edited_by", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment="the whole template as JSON"),
        sa.PrimaryKeyConstraint("facility_id", "number", name=op.f("pk_packet_template")),
    )
    op.create_table(
        "packet",
        sa.Column("packet_id", sa.Text(), nullable=False),
        sa.Column("file_id", sa.Text(), nullable=False),
        sa.Column("clinician_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("is_watched", sa.Boolean(), nullable=False),
        sa.Column("seen_version", sa.Integer(), nullable=False, comment="of the file, up to which it was looked at"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment="the whole value as JSON"),
        sa.PrimaryKeyConstraint("packet_id", name=op.f("pk_packet")),
        sa.UniqueConstraint("file_id", "number", name=op.f("uq_packet_file_id_number")),
    )
    op.create_index("ix_packet_building", "packet", ["packet_id"], postgresql_where=sa.text("state = 'building'"))
    op.create_index("ix_packet_watched", "packet", ["file_id", "seen_version"], postgresql_where=sa.text("is_watched"))
    op.create_table(
        "packet_pdf",
        sa.Column("packet_id", sa.Text(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False, comment="the name of the stored content"),
        sa.PrimaryKeyConstraint("packet_id", "part", name=op.f("pk_packet_pdf")),
    )
    op.create_index("ix_packet_pdf_file", "packet_pdf", ["file"])
    op.create_table(
        "packet_paper",
        sa.Column("packet_id", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("packet_id", "document_id", name=op.f("pk_packet_paper")),
    )
    op.create_index("ix_packet_paper_document_id", "packet_paper", ["document_id"])


def downgrade() -> None:
    """Forgets them; the PDFs stay where they lie."""
    op.drop_table("packet_paper")
    op.drop_table("packet_pdf")
    op.drop_table("packet")
    op.drop_table("packet_template")
