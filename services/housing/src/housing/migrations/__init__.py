"""Alembic revisions of housing's tables."""
