"""Calls to other machines.

`internal_client` for what the operator sets, `internal_stream` for what of it speaks no HTTP, `public_client` for
addresses from data.
"""
