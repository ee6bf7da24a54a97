"""Use cases of payroll: one file, one function, one transaction."""
