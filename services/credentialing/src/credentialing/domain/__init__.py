"""What is asked of a clinician, what is held, and the clearance that follows: pure decisions over values."""
