"""Expected shifts of every assignment, clock registration and approvers."""
