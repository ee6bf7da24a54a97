"""Dated tables of what law, accreditors and this agency ask."""
