"""The HTTP door of assignments."""
