"""access and agency"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "api_client",
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment="the whole value as JSON"),
        sa.PrimaryKeyConstraint("client_id", name=op.f("pk_api_client")),
    )
    op.create_index("ix_api_client_name", "api_client", ["name", "client_id"], unique=False)
    op.create_table(
        "api_client_use",
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("last_used_on", sa.Date(), nullable=False, comment="in UTC; written at most once a day"),
        sa.PrimaryKeyConstraint("client_id", name=op.f("pk_api_client_use")),
    )
    op.create_table(
        "link",
        sa.Column("link_id", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False, comment="SHA-256 of its token"),
        sa.Column("clinician_id", sa.Text(), nullable=True),
        sa.Column("facility_id", sa.Text(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment="the whole value as JSON"),
        sa.PrimaryKeyConstraint("link_id", name=op.f("pk_link")),
        sa.UniqueConstraint("digest", name=op.f("uq_link_digest")),
    )
    op.create_index("ix_link_clinician_id", "link", ["clinician_id"], unique=False)
    op.create_index("ix_link_facility_id", "link", ["facility_id"], unique=False)
    op.create_index("ix_link_expires_at", "link", ["expires_at", "link_id"], unique=False)
    op.create_table(
        "access_grant",
        sa.Column("grant_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_revoked", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment="the whole value as JSON"),
        sa.PrimaryKeyConstraint("grant_id", name=op.f("pk_access_grant")),
    )
    op.create_index("ix_access_grant_person_id", "access_grant", ["person_id"], unique=False)
    op.create_index("ix_access_grant_until", "access_grant", ["until", "grant_id"], unique=False)
    _create_agency()


def _create_agency() -> None:
    op.create_table(
        "agency_settings",
        sa.Column("settings_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment="the whole value as JSON"),
        sa.PrimaryKeyConstraint("settings_id", name=op.f("pk_agency_settings")),
    )
    op.create_table(
        "erasure_request",
        sa.Column("erasure_id", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("is_confirmed", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment="the whole value as JSON"),
        sa.PrimaryKeyConstraint("erasure_id", name=op.f("pk_erasure_request")),
        sa.UniqueConstraint("subject", name=op.f("uq_erasure_request_subject")),
    )
    op.create_index("ix_erasure_request_is_confirmed", "erasure_request", ["is_confirmed", "erasure_id"], unique=False)
    op.create_table(
        "bootstrap_code",
        sa.Column("code_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment="the whole value as JSON"),
        sa.PrimaryKeyConstraint("code_id", name=op.f("pk_bootstrap_code")),
    )


def downgrade() -> None:
    for table in (
        "bootstrap_code",
        "erasure_request",
        "agency_settings",
        "access_grant",
        "link",
        "api_client_use",
        "api_client",
    ):
        op.drop_table(table)
