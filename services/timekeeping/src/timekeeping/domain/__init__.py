"""The rules of timekeeping: which shifts are expected, when exactly, and what became of each."""
