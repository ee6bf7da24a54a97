"""The first administrator: whoever runs the machine makes a code that lets one in, once, while there is none."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from identity.domain.access_errors import AdministratorExists, BootstrapCodeWrong

LIFE: Final = timedelta(hours=1)
THE_CODE: Final = "bootstrap"
"""The id of the one code there is; a new one takes its place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BootstrapCode:
    """The code that was printed last; only `digest`, the SHA-256 of it as hexadecimal digits, is kept.
    `expires_at` is real time.

    `version` counts saved changes and is raised by storage alone.
    """

    code_id: str = THE_CODE
    digest: str
    expires_at: datetime
    version: int = 0


def require_open(code: BootstrapCode | None, digest: str, *, administrators: Collection[str], now: datetime) -> None:
    """Raises AdministratorExists when there is one, and BootstrapCodeWrong unless this is the code and it still lives.

    `digest` is the SHA-256 of what was given; how long comparing two of them takes tells nothing about a code.
    """
    if administrators:
        raise AdministratorExists
    if code is None or now >= code.expires_at or digest != code.digest:
        raise BootstrapCodeWrong
