"""Alembic revisions of timekeeping's tables."""
