"""Rows of payroll: the only folder with SQL."""
