"""screening"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Exclusion lists, who was screened against them, and the cases that came of it."""
    op.create_table(
        "exclusion_release",
        sa.Column("release_id", sa.Text(), nullable=False),
        sa.Column("list_name", sa.Text(), nullable=False),
        sa.Column("posted_on", sa.Date(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment="the whole value as JSON"),
        sa.PrimaryKeyConstraint("release_id", name=op.f("pk_exclusion_release")),
        sa.UniqueConstraint("list_name", "sha256", name=op.f("uq_exclusion_release_list_name_sha256")),
    )
    op.create_index(
        "ix_exclusion_release_posted_on", "exclusion_release", ["list_name", "posted_on", "release_id"], unique=False
    )
    op.create_table(
        "exclusion_row",
        sa.Column("release_id", sa.Text(), nullable=False),
        sa.Column("line", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("identity", sa.Text(), nullable=False, comment="hash of whom or what the row is about"),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("last", sa.Text(), nullable=False),
        sa.Column("first", sa.Text(), nullable=False),
        sa.Column("middle", sa.Text(), nullable=False),
        sa.Column("business", sa.Text(), nullable=False),
        sa.Column("npi", sa.Text(), nullable=True),
        sa.Column("npi_is_filler", sa.Boolean(), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column("exclusion_type", sa.Text(), nullable=False),
        sa.Column("excluded_on", sa.Date(), nullable=True),
        sa.Column("reinstated_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("waived_on", sa.Date(), nullable=True),
        sa.Column("waiver_state", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("last_may_be_truncated", sa.Boolean(), nullable=False),
        sa.Column("first_may_be_truncated", sa.Boolean(), nullable=False),
        sa.Column("overlaps", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("release_id", "line", name=op.f("pk_exclusion_row")),
    )
    op.create_table(
        "exclusion_change",
        sa.Column("release_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("change", sa.Text(), nullable=False, comment="added, removed or changed"),
        sa.Column("line", sa.Integer(), nullable=True, comment="in this release"),
        sa.Column("previous_line", sa.Integer(), nullable=True, comment="in the release before"),
        sa.PrimaryKeyConstraint("release_id", "number", name=op.f("pk_exclusion_change")),
    )
    op.create_table(
        "screening",
        sa.Column("screening_id", sa.Text(), nullable=False),
        sa.Column("clinician_id", sa.Text(), nullable=False),
        sa.Column("list_name", sa.Text(), nullable=False),
        sa.Column("release_id", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("screened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment="the whole value as JSON"),
        sa.PrimaryKeyConstraint("screening_id", name=op.f("pk_screening")),
    )
    op.create_index("ix_screening_clinician_id", "screening", ["clinician_id", "list_name"], unique=False)
    op.create_table(
        "screened_file",
        sa.Column("file_id", sa.Text(), nullable=False),
        sa.Column("list_name", sa.Text(), nullable=False),
        sa.Column("start_date", sa.Date(), nullable=False),
        sa.Column("release_id", sa.Text(), nullable=False),
        sa.Column("person_version", sa.Text(), nullable=False, comment="of name, birth date and other names"),
        sa.Column("screened_on", sa.Date(), nullable=False),
        sa.Column("screening_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("file_id", "list_name", name=op.f("pk_screened_file")),
    )
    op.create_table(
        "screened_identity",
        sa.Column("clinician_id", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False, comment="the names that were compared"),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("clinician_id", "fingerprint", name=op.f("pk_screened_identity")),
    )
    op.create_table(
        "other_name",
        sa.Column("name_id", sa.Text(), nullable=False),
        sa.Column("clinician_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("blind_index", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name_id", name=op.f("pk_other_name")),
        sa.UniqueConstraint("clinician_id", "blind_index", name=op.f("uq_other_name_clinician_id_blind_index")),
    )
    op.create_table(
        "exclusion_case",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("clinician_id", sa.Text(), nullable=False),
        sa.Column("assignment_id", sa.Text(), nullable=False),
        sa.Column("facility_id", sa.Text(), nullable=False),
        sa.Column("list_name", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment="the whole value as JSON"),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_exclusion_case")),
    )
    op.create_index("ix_exclusion_case_clinician_id", "exclusion_case", ["clinician_id", "list_name"], unique=False)
    op.create_index(
        "ix_exclusion_case_open", "exclusion_case", ["case_id"], unique=False, postgresql_where=sa.text("is_open")
    )


def downgrade() -> None:
    """Forgets them."""
    op.drop_index("ix_exclusion_case_clinician_id", table_name="exclusion_case")
    op.drop_index("ix_exclusion_case_open", table_name="exclusion_case", postgresql_where=sa.text("is_open"))
    op.drop_table("exclusion_case")
    op.drop_table("other_name")
    op.drop_table("screened_identity")
    op.drop_table("screened_file")
    op.drop_index("ix_screening_clinician_id", table_name="screening")
    op.drop_table("screening")
    op.drop_table("exclusion_change")
    op.drop_table("exclusion_row")
    op.drop_index("ix_exclusion_release_posted_on", table_name="exclusion_release")
    op.drop_table("exclusion_release")
