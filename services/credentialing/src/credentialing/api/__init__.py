"""The HTTP door of credentialing."""
