"""Alembic revisions of the mechanism's tables."""
