"""Rows of identity: the only folder with SQL."""
