"""What screens and other callers read; nothing here changes anything."""
