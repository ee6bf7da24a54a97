"""The routes of credentialing, one file per area."""
