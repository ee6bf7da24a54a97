"""How long somebody stays signed in at the portal in one browser. All instants are real time."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

IDLE: Final = timedelta(minutes=30)
"""The same as identity's, which hears of each use: ADR 0013, 4."""
LONGEST: Final = timedelta(hours=12)
RENEWED_BEFORE: Final = timedelta(seconds=30)
"""How long before its end an access token is renewed: the services, which get it too, must still find it good."""
NOTED_EVERY: Final = timedelta(minutes=1)
"""How exactly the last use is known; to note each one would be a write for each request."""
TOLD_AFTER: Final = timedelta(minutes=5)
"""Whoever comes back after so long renews at once, so that identity hears of it: it waits so much longer than IDLE."""


class Kind(StrEnum):
    """How somebody came in."""

    PERSON = "person"
    LINK = "link"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """What identity gave: the access token, and what gets the next one.

    `id_token` is a person's, `link` is the secret of the link that somebody came by, and `refresh` then that of the
    visit. `lives` is how long the access token does.
    """

    access: str
    lives: timedelta
    refresh: str | None = None
    id_token: str | None = None
    link: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BrowserSession:
    """Somebody signed in in one browser. `session_hash` is of the cookie's secret; `tokens` are sealed."""

    session_hash: str
    subject: str
    kind: Kind
    tokens: bytes
    access_ends_at: datetime
    began_at: datetime
    seen_at: datetime
    ends_at: datetime


def is_live(session: BrowserSession, now: datetime) -> bool:
    """Whether it still holds: 30 minutes without use end it, and 12 hours in any case."""
    return now < min(session.ends_at, session.seen_at + IDLE)


def needs_renewal(session: BrowserSession, now: datetime) -> bool:
    """Whether its access token is to be renewed before it is used."""
    return session.access_ends_at - now < RENEWED_BEFORE


def is_back(session: BrowserSession, now: datetime) -> bool:
    """Whether a use at this instant comes after so long a pause that identity is to hear of it."""
    return now - session.seen_at >= TOLD_AFTER


def is_usable(session: BrowserSession, now: datetime) -> bool:
    """Whether its access token is good at this instant."""
    return now < session.access_ends_at


def is_to_note(session: BrowserSession, now: datetime) -> bool:
    """Whether this use is to be noted."""
    return now - session.seen_at >= NOTED_EVERY
