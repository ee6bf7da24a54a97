"""Alembic's entry to the revisions of timekeeping."""

from shared.db.migrate import run_environment
from timekeeping.storage.tables import metadata

run_environment(metadata, lineage="timekeeping")
