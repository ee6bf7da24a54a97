"""The pay profile of every assignment and the check of its pay package."""
