"""Runs the revision on a service's database."""

from sqlalchemy import MetaData

from shared.db.migrate import run_environment

run_environment(MetaData(), lineage="faults")
