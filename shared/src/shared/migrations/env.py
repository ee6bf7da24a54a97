"""Alembic's entry to the mechanism's revisions."""

import shared.db.tables
import shared.http.idempotency_table
import shared.vault.tables
import shared.workstreams.tables  # noqa: F401  # importing registers the tables
from shared.db.metadata import mechanism
from shared.db.migrate import run_environment

run_environment(mechanism, lineage="mechanism")
