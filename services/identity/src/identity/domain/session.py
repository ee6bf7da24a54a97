"""How long a sign-in lasts: 20 minutes without use, 12 hours at most (ASVS 5.0, 7.3). All instants are real time."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from identity.domain.person import Person

IDLE: Final = timedelta(minutes=20)
LONGEST: Final = timedelta(hours=12)
PENDING: Final = timedelta(minutes=10)
CODE_LIVES: Final = timedelta(seconds=60)

SECOND_FACTORS: Final = frozenset(("otp", "mfa"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One sign-in in one browser. It is complete once every factor was proven; before that it opens nothing.

    `methods` are the proofs given, in the words of RFC 8176.
    """

    session_id: str
    person_id: str
    is_complete: bool
    methods: tuple[str, ...]
    authenticated_at: datetime
    used_at: datetime
    ended_at: datetime | None = None


def is_live(session: Session, *, now: datetime) -> bool:
    """Whether it still holds."""
    if session.ended_at is not None:
        return False
    if not session.is_complete:
        return now < session.authenticated_at + PENDING
    return now < min(session.used_at + IDLE, session.authenticated_at + LONGEST)


def opens_for(session: Session, person: Person, *, now: datetime) -> bool:
    """Whether tokens may be had by it: it holds, the account is open, and the roles of today ask for no more proof."""
    is_proven = not person.needs_second_factor or not SECOND_FACTORS.isdisjoint(session.methods)
    return person.is_active and session.is_complete and is_proven and is_live(session, now=now)


def is_fresh(session: Session, *, now: datetime, max_age: timedelta | None) -> bool:
    """Whether the sign-in is recent enough for whoever asks (None: any)."""
    return max_age is None or now - session.authenticated_at <= max_age
