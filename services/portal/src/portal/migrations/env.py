"""Alembic's entry to the revisions of the portal."""

from portal.storage.tables import metadata
from shared.db.migrate import run_environment

run_environment(metadata, lineage="portal")
