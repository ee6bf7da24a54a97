"""A revision that no release has, moved up and down under load (F13)."""
