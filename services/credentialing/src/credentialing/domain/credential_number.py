"""What is shown of a credential's number: its end, and never so much that fewer than four characters stay hidden."""

SHOWN = 4
HIDDEN_AT_LEAST = 4


def end_of(number: str | None) -> str | None:
    """The last four characters at most; None for a number too short to show any, and for none."""
    if not number:
        return None
    return number[max(HIDDEN_AT_LEAST, len(number) - SHOWN) :] or None
