"""The tables of the vault: keys of subjects, private values, who saw one, legal holds, erasures."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "subject_key",
        sa.Column("key_id", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False, comment="the person whose values it seals"),
        sa.Column("wrapped", sa.LargeBinary(), nullable=True, comment="null once it was destroyed"),
        sa.Column("kek_id", sa.Text(), nullable=False, comment="the key that it is wrapped by"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("destroyed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(wrapped IS NULL) = (destroyed_at IS NOT NULL)", name=op.f("ck_subject_key_destroyed")),
        sa.PrimaryKeyConstraint("key_id", name=op.f("pk_subject_key")),
    )
    op.create_index("ix_subject_key_subject", "subject_key", ["subject"], unique=False)
    op.create_index(
        "ix_subject_key_kek_id",
        "subject_key",
        ["kek_id"],
        unique=False,
        postgresql_where=sa.text("wrapped IS NOT NULL"),
    )
    op.create_index(
        "uq_subject_key_current",
        "subject_key",
        ["subject"],
        unique=True,
        postgresql_where=sa.text("retired_at IS NULL AND destroyed_at IS NULL"),
    )
    op.create_table(
        "private_value",
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("blind_index", sa.Text(), nullable=True, comment="HMAC of the value, for kinds that are compared"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("subject", "kind", name=op.f("pk_private_value")),
    )
    op.create_index("ix_private_value_kind_blind_index", "private_value", ["kind", "blind_index"], unique=False)
    op.create_table(
        "private_reveal",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False, comment="who saw it"),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column(
            "revealed_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="real time",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_private_reveal")),
    )
    op.create_index("ix_private_reveal_person_revealed_at", "private_reveal", ["person", "revealed_at"], unique=False)
    op.create_table(
        "legal_hold",
        sa.Column("hold_id", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True, comment="its last day; null is open"),
        sa.Column("placed_by", sa.Text(), nullable=False),
        sa.Column("placed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("released_by", sa.Text(), nullable=True),
        sa.Column("release_reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("hold_id", name=op.f("pk_legal_hold")),
    )
    op.create_index("ix_legal_hold_subject", "legal_hold", ["subject"], unique=False)
    op.create_table(
        "erasure",
        sa.Column("erasure_id", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("requested_on", sa.Date(), nullable=False),
        sa.Column("requested_by", sa.Text(), nullable=False),
        sa.Column("waits_for", sa.Text(), nullable=True, comment="legal_hold or retention"),
        sa.Column("look_on", sa.Date(), nullable=False, comment="nothing can be due before this day"),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("erasure_id", name=op.f("pk_erasure")),
    )
    op.create_index("uq_erasure_subject", "erasure", ["subject"], unique=True)
    op.create_index(
        "ix_erasure_look_on", "erasure", ["look_on"], unique=False, postgresql_where=sa.text("done_at IS NULL")
    )


def downgrade() -> None:
    op.drop_index("ix_erasure_look_on", table_name="erasure", postgresql_where=sa.text("done_at IS NULL"))
    op.drop_index("uq_erasure_subject", table_name="erasure")
    op.drop_table("erasure")
    op.drop_index("ix_legal_hold_subject", table_name="legal_hold")
    op.drop_table("legal_hold")
    op.drop_index("ix_private_reveal_person_revealed_at", table_name="private_reveal")
    op.drop_table("private_reveal")
    op.drop_index("ix_private_value_kind_blind_index", table_name="private_value")
    op.drop_table("private_value")
    op.drop_index(
        "uq_subject_key_current",
        table_name="subject_key",
        postgresql_where=sa.text("retired_at IS NULL AND destroyed_at IS NULL"),
    )
    op.drop_index("ix_subject_key_kek_id", table_name="subject_key", postgresql_where=sa.text("wrapped IS NOT NULL"))
    op.drop_index("ix_subject_key_subject", table_name="subject_key")
    op.drop_table("subject_key")
