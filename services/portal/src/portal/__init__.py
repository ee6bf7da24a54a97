"""Owns who does what: the one queue, its owners, notes and saved views; shows what all services say, live."""
