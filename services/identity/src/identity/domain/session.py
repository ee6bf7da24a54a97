"""How long a sign-in lasts: 30 minutes without use, 12 hours at most (ASVS 5.0, 7.3). All instants are real time."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from identity.domain.person import Person

IDLE: Final = timedelta(minutes=30)
UNHEARD: Final = timedelta(minutes=5)
"""How long a client may use a token in hand without a word to us: as long as one lives."""
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


def renewed(session: Session, *, now: datetime, idle: timedelta | None) -> Session | None:
    """The session after a client asked for its next token; None when it was over before.

    `idle` is how long ago the client says its person last did something (None: it does not say, and to ask is to
    use). A client that renews for a page that is merely open keeps nobody signed in so. What it says is believed for
    no longer than it can have used a token in hand.
    """
    if idle is None:
        return replace(session, used_at=now) if is_live(session, now=now) else None
    if not is_live(replace(session, used_at=session.used_at + UNHEARD), now=now):
        return None
    heard = replace(session, used_at=max(session.used_at, now - idle))
    return heard if is_live(heard, now=now) else None


def opens_for(session: Session, person: Person, *, now: datetime) -> bool:
    """Whether tokens may be had by it: it holds, the account is open, and the roles of today ask for no more proof."""
    is_proven = not person.needs_second_factor or not SECOND_FACTORS.isdisjoint(session.methods)
    return person.is_active and session.is_complete and is_proven and is_live(session, now=now)


def is_fresh(session: Session, *, now: datetime, max_age: timedelta | None) -> bool:
    """Whether the sign-in is recent enough for whoever asks (None: any)."""
    return max_age is None or now - session.authenticated_at <= max_age
