"""What is known of a clinician in one open format, given out and taken in."""
