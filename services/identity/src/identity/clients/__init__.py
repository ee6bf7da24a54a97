"""What identity leaves to others, each behind a small door: hashing, sealing, signing, codes, outside providers."""
