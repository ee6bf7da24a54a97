"""Alembic's entry to the revisions of assignments."""

from assignments.storage.tables import metadata
from shared.db.migrate import run_environment

run_environment(metadata, lineage="assignments")
