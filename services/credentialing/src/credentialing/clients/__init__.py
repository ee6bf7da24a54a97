"""Third parties: each a small client behind a Protocol."""
