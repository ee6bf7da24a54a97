"""What was asked of a source, what it answered, and when to ask again."""
