"""What a clinician needs for an assignment, what is held, and the clearance to start."""
