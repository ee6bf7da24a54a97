"""Use cases of assignments: one file, one function, one transaction."""
