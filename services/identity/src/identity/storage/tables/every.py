"""All tables of identity, for what compares or makes them as a whole."""

from identity.storage.tables import access, accounts, agency, keys, sessions
from identity.storage.tables.metadata import metadata

__all__ = ["access", "accounts", "agency", "keys", "metadata", "sessions"]
