"""Rows of credentialing: the only folder with SQL."""
