"""Rows of assignments: the only folder with SQL."""
