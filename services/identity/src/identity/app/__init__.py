"""Use cases of identity: one file, one function, one transaction."""
