"""An invitation: by a code that is shown once a person sets their password."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from identity.domain.person import Person

VALID_FOR: Final = timedelta(days=3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """Who was invited, and until when (real time)."""

    person: Person
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """Who came in; `totp_secret` is for their app, None when they need none or have one."""

    person: Person
    totp_secret: str | None
