"""The field's requirement catalogue: what may be asked at all, each item with its usual values."""
