"""Alembic's entry to the revisions of identity."""

from identity.storage.tables.every import metadata
from shared.db.migrate import run_environment

run_environment(metadata, lineage="identity")
