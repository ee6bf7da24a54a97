"""What travels over the management API of identity."""
