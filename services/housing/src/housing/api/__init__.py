"""The HTTP door of housing."""
