"""JSON pointers into terms (RFC 6901)."""

from shared.errors import Finding


def pointer(*steps: str | int) -> str:
    """The pointer that leads through these names and positions."""
    return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in steps)


def found(code: str, message: str, *steps: str | int) -> Finding:
    """A finding at the place to which the steps lead."""
    return Finding(pointer=pointer(*steps), code=code, message=message)
