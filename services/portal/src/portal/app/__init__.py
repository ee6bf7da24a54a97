"""Use cases of the portal: one function, one transaction."""
