"""Names that simulated sources give to what they make."""

import secrets


def new_id(prefix: str) -> str:
    """A fresh name, such as `evt_9f86d081884c7d65`."""
    return f"{prefix}_{secrets.token_hex(8)}"
