"""Calls to other machines: `internal_client` for what the operator sets, `public_client` for addresses from data."""
