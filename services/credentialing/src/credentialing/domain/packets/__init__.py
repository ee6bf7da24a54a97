"""What leaves for a client, and what an auditor is shown."""
