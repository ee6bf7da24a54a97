"""Rows of the portal: the only folder with SQL."""
