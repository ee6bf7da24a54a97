"""requests to people outside, skills checklists, assertions of other systems"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0009"
down_revision: str | None = "0008"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

BODY = "the whole value as JSON"


def upgrade() -> None:
    """Whom we asked, what clinicians say they can do, and what others say they verified."""
    _requests()
    _checklists()
    _assertions()


def downgrade() -> None:
    """Forgets all of it; the credentials and results that came of it stay."""
    for table in ("assertion", "checklist", "outside_request"):
        op.drop_table(table)


def _requests() -> None:
    op.create_table(
        "outside_request",
        sa.Column("request_id", sa.Text(), nullable=False),
        sa.Column("clinician_id", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False, comment="SHA-256 of the link's secret"),
        sa.Column("due_on", sa.Date(), nullable=True, comment="of the next step: a reminder, or the end"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment=BODY),
        sa.PrimaryKeyConstraint("request_id", name=op.f("pk_outside_request")),
        sa.UniqueConstraint("digest", name=op.f("uq_outside_request_digest")),
    )
    op.create_index("ix_outside_request_clinician_id", "outside_request", ["clinician_id"])
    op.create_index(
        "ix_outside_request_due_on",
        "outside_request",
        ["due_on", "request_id"],
        postgresql_where=sa.text("due_on IS NOT NULL"),
    )


def _checklists() -> None:
    op.create_table(
        "checklist",
        sa.Column("checklist_id", sa.Text(), nullable=False),
        sa.Column("clinician_id", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False, comment="as it is ordered"),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment=BODY),
        sa.PrimaryKeyConstraint("checklist_id", name=op.f("pk_checklist")),
    )
    op.create_index("ix_checklist_clinician_id", "checklist", ["clinician_id", "unit"])


def _assertions() -> None:
    op.create_table(
        "assertion",
        sa.Column("assertion_id", sa.Text(), nullable=False),
        sa.Column("clinician_id", sa.Text(), nullable=False),
        sa.Column("credential_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment=BODY),
        sa.PrimaryKeyConstraint("assertion_id", name=op.f("pk_assertion")),
        sa.UniqueConstraint("credential_id", name=op.f("uq_assertion_credential_id")),
    )
    op.create_index("ix_assertion_clinician_id", "assertion", ["clinician_id"])
