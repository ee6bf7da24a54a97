"""What pages read; nothing here changes anything."""
