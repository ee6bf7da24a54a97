"""Answers test vectors with the rules that the service itself uses, one file per family of groups."""
