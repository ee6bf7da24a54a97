"""Alembic revisions of identity's tables."""
