"""What every service's HTTP API has in common."""
