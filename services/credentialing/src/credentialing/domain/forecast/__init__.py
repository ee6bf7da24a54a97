"""When a file can be complete, and how likely that is."""
