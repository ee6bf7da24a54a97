"""Rows of housing: the only folder with SQL."""
