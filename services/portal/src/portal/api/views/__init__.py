"""What templates show, made from what was read."""
