"""What identity takes from the world: passwords that are tried first."""
