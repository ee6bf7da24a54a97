"""Rows of timekeeping: the only folder with SQL."""
