"""Alembic revisions of credentialing's tables."""
