"""Alembic's entry to the revisions of credentialing."""

from credentialing.storage.outside_tables import metadata
from shared.db.migrate import run_environment

run_environment(metadata, lineage="credentialing")
