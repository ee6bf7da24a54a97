"""One service as processes: its definition, its commands and what they start."""
