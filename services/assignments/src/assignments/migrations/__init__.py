"""Alembic revisions of assignments' tables."""
