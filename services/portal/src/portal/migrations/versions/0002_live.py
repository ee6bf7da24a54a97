"""changes tell themselves, and names are found by the beginnings of their words"""

from collections.abc import Sequence

from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

# Table, the operations that tell, what is told, and the column that names it. Somebody who still looks at a page is no
# news, so an update of presence is silent.
TOLD = (
    ("assignment", ("INSERT", "UPDATE"), "assignments", "assignment_id"),
    ("queue_stream", ("INSERT", "UPDATE"), "assignments", "assignment_id"),
    ("queue_item", ("INSERT", "UPDATE"), "items", "work_item_id"),
    ("note", ("INSERT", "UPDATE"), "notes", "note_id"),
    ("presence", ("INSERT", "DELETE"), "places", "place"),
)


def upgrade() -> None:
    # Told by triggers, no statement can forget it; per statement, a batch of 200 rows costs as much as one row. A
    # payload holds less than 8,000 bytes: more than 100 ids are "many", and whoever listens looks at everything again.
    op.execute("""
        CREATE FUNCTION tell_changes() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
            ids text[];
            said text;
        BEGIN
            EXECUTE format(
                'SELECT array_agg(id) FROM (SELECT DISTINCT %I AS id FROM changed LIMIT 101) AS told', TG_ARGV[1]
            ) INTO ids;
            IF ids IS NULL THEN
                RETURN NULL;
            END IF;
            said := json_build_object('kind', TG_ARGV[0], 'ids', ids)::text;
            IF cardinality(ids) > 100 OR octet_length(said) > 7000 THEN
                said := '{"kind": "many"}';
            END IF;
            PERFORM pg_notify('portal_changed', said);
            RETURN NULL;
        END
        $$
        """)
    for table, operations, kind, column in TOLD:
        for operation in operations:
            which = "OLD" if operation == "DELETE" else "NEW"
            op.execute(f"""
                CREATE TRIGGER tell_{operation.lower()} AFTER {operation} ON {table}
                REFERENCING {which} TABLE AS changed
                FOR EACH STATEMENT EXECUTE FUNCTION tell_changes('{kind}', '{column}')
                """)
    # The words of a name without accents and punctuation, found by their beginnings. A name stands in the replica
    # alone, whose tombstones erase it; an index of an expression goes with the row.
    op.execute(r"""
        CREATE FUNCTION plain_words(said text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
            lower(regexp_replace(
                regexp_replace(normalize(said, NFKD), '[\u0300-\u036f]', '', 'g'),
                '[\u0021-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u007e\u2018\u2019]', ' ', 'g'
            ))
        """)
    op.execute("""
        CREATE FUNCTION name_words(body text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
            to_tsvector('pg_catalog.simple', plain_words(body::jsonb ->> 'name'))
        """)
    op.execute(r"""
        CREATE FUNCTION name_query(typed text) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
            to_tsquery('pg_catalog.simple', (
                SELECT string_agg(quote_literal(word) || ':*', ' & ')
                FROM regexp_split_to_table(plain_words(typed), '\s+') AS word WHERE word <> ''
            ))
        """)
    op.execute("CREATE INDEX ix_replica_name_words ON replica USING gin (name_words(body))")
    # The directory's lists by name.
    op.execute("CREATE INDEX ix_replica_name ON replica (topic, lower(CAST(body AS jsonb) ->> 'name'), key)")
    op.create_index("ix_queue_stream_changed_at", "queue_stream", ["changed_at"], unique=False)
    op.create_index("ix_note_at", "note", ["at"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_note_at", table_name="note")
    op.drop_index("ix_queue_stream_changed_at", table_name="queue_stream")
    op.execute("DROP INDEX ix_replica_name")
    op.execute("DROP INDEX ix_replica_name_words")
    op.execute("DROP FUNCTION name_query(text)")
    op.execute("DROP FUNCTION name_words(text)")
    op.execute("DROP FUNCTION plain_words(text)")
    for table, operations, _, _ in TOLD:
        for operation in operations:
            op.execute(f"DROP TRIGGER tell_{operation.lower()} ON {table}")
    op.execute("DROP FUNCTION tell_changes()")
