"""A change names the version it was decided on, and is refused when another came first."""

from typing import ClassVar

from shared.errors import Kind, Refused


class VersionMismatch(Refused):
    """It was changed meanwhile and is now at version {actual}.

    Read it again, look at what changed, and send the command with the new ETag in If-Match.
    """

    code: ClassVar[str] = "version_mismatch"
    kind: ClassVar[Kind] = Kind.PRECONDITION_FAILED


def require_version(actual: int, expected: int | None) -> None:
    """Raises VersionMismatch unless the value, locked by now, still has the version its reader saw (None: any)."""
    if expected is not None and actual != expected:
        raise VersionMismatch(actual=actual)
