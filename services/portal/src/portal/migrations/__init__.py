"""Revisions of the portal's database."""
