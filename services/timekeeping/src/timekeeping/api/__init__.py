"""The HTTP door of timekeeping."""
