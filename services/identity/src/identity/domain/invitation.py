"""An invitation: a code, shown once, by which a person sets their password."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from identity.domain.person import Person

VALID_FOR: Final = timedelta(days=3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """Who was invited, by which code, and until when (real time). The code is nowhere else."""

    person: Person
    code: str
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """Who came in; `totp_secret` is for their app, None when they need none or have one."""

    person: Person
    totp_secret: str | None
