"""The rules: where an assignment may go, what its terms are, who is ready. Pure decisions over frozen values."""
