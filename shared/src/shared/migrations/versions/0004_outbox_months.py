"""A function that makes the outbox's partition of a month, so that the service's own role need not own the table."""

from collections.abc import Sequence

from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.execute("""
        CREATE FUNCTION make_outbox_month(month timestamptz) RETURNS boolean
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
        DECLARE
            starts timestamp := month AT TIME ZONE 'UTC';
            named text := 'outbox_' || to_char(starts, 'YYYY_MM');
        BEGIN
            IF date_trunc('month', starts) <> starts THEN
                RAISE EXCEPTION 'a month of the outbox starts on its first day, at midnight UTC';
            END IF;
            IF to_regclass(named) IS NOT NULL THEN
                RETURN false;
            END IF;
            EXECUTE format(
                'CREATE TABLE %I PARTITION OF outbox FOR VALUES FROM (%L) TO (%L)',
                named, month, (starts + interval '1 month') AT TIME ZONE 'UTC'
            );
            RETURN true;
        END $$
    """)


def downgrade() -> None:
    op.execute("DROP FUNCTION make_outbox_month(timestamptz)")
