"""Alembic's entry to the revisions of payroll."""

from payroll.storage.tables import metadata
from shared.db.migrate import run_environment

run_environment(metadata, lineage="payroll")
