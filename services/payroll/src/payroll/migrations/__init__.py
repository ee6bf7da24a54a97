"""Alembic revisions of payroll's tables."""
