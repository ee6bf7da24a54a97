"""Use cases of credentialing: one file, one function, one transaction."""
