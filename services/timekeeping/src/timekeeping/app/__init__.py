"""Use cases of timekeeping: one file, one function, one transaction."""
