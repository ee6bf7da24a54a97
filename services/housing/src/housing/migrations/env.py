"""Alembic's entry to the revisions of housing."""

from housing.storage.tables import metadata
from shared.db.migrate import run_environment

run_environment(metadata, lineage="housing")
