"""The vault: private values sealed under a key of each person's own, opened for a reason, erased with the key."""
