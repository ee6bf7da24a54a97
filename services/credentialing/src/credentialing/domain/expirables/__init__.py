"""What runs out, and who is told when."""
