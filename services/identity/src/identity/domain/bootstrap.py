"""The first administrator: whoever runs the machine makes a code that lets one in, once, while there is none."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

LIFE: Final = timedelta(hours=1)
THE_CODE: Final = "bootstrap"
"""The id of the one code there is; a new one takes its place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BootstrapCode:
    """The code that was printed last; only `digest`, the SHA-256 of it as hexadecimal digits, is kept.

    `version` counts saved changes and is raised by storage alone.
    """

    code_id: str = THE_CODE
    digest: str
    expires_at: datetime
    version: int = 0

    def is_live(self, now: datetime) -> bool:
        """Whether it can still be used at this instant; at its expiry no more."""
        return now < self.expires_at
