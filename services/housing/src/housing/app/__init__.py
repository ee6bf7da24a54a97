"""Use cases of housing: one file, one function, one transaction."""
