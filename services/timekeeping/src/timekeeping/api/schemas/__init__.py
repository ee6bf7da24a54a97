"""Bodies of timekeeping's requests and answers."""
