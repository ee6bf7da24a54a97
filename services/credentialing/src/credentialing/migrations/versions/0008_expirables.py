"""expirables, courses of items, samples, adverse actions"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

BODY = "the whole value as JSON"


def upgrade() -> None:
    """What runs out, how long things took, what is counted and how somebody is refused."""
    _expirables()
    _courses()
    _measures()
    _adverse_actions()


def downgrade() -> None:
    """Forgets all of it; expirables and looks are derived anew, the rest is lost."""
    for table in (
        *("adverse_action", "do_not_return", "audit_sample"),
        *("file_look", "item_course", "expirable_notice", "expirable"),
    ):
        op.drop_table(table)


def _expirables() -> None:
    op.create_table(
        "expirable",
        sa.Column("expirable_id", sa.Text(), nullable=False),
        sa.Column("clinician_id", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("partition", sa.Text(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("next_notice_on", sa.Date(), nullable=True),
        sa.Column("is_over", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment=BODY),
        sa.PrimaryKeyConstraint("expirable_id", name=op.f("pk_expirable")),
    )
    op.create_index("ix_expirable_clinician_id", "expirable", ["clinician_id"])
    op.create_index("ix_expirable_expires_on", "expirable", ["expires_on"])
    op.create_index("ix_expirable_next_notice_on", "expirable", ["next_notice_on"])
    op.create_table(
        "expirable_notice",
        sa.Column("expirable_id", sa.Text(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("days_before", sa.Integer(), nullable=False),
        sa.Column("urgency", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("expirable_id", "expires_on", "days_before", name=op.f("pk_expirable_notice")),
    )


def _courses() -> None:
    op.create_table(
        "item_course",
        sa.Column("file_id", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("facility_id", sa.Text(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("file_id", "code", name=op.f("pk_item_course")),
    )
    op.create_index("ix_item_course_code", "item_course", ["code", "confirmed_on"])
    op.create_table(
        "file_look",
        sa.Column("file_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("file_id", name=op.f("pk_file_look")),
    )


def _measures() -> None:
    op.create_table(
        "audit_sample",
        sa.Column("sample_id", sa.Text(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment=BODY),
        sa.PrimaryKeyConstraint("sample_id", name=op.f("pk_audit_sample")),
        sa.UniqueConstraint("month", "measure", name=op.f("uq_audit_sample_month_measure")),
    )
    op.create_table(
        "do_not_return",
        sa.Column("do_not_return_id", sa.Text(), nullable=False),
        sa.Column("assignment_id", sa.Text(), nullable=False),
        sa.Column("clinician_id", sa.Text(), nullable=False),
        sa.Column("facility_id", sa.Text(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment=BODY),
        sa.PrimaryKeyConstraint("do_not_return_id", name=op.f("pk_do_not_return")),
        sa.UniqueConstraint("assignment_id", name=op.f("uq_do_not_return_assignment_id")),
    )


def _adverse_actions() -> None:
    op.create_table(
        "adverse_action",
        sa.Column("action_id", sa.Text(), nullable=False),
        sa.Column("file_id", sa.Text(), nullable=False),
        sa.Column("assignment_id", sa.Text(), nullable=False),
        sa.Column("clinician_id", sa.Text(), nullable=False),
        sa.Column("facility_id", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment=BODY),
        sa.PrimaryKeyConstraint("action_id", name=op.f("pk_adverse_action")),
    )
    op.create_index("ix_adverse_action_file_id", "adverse_action", ["file_id"])
    op.create_index("ix_adverse_action_opened_on", "adverse_action", ["opened_on", "action_id"])
