"""What a step of signing in came to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from identity.domain.factors import Factors
from identity.domain.person import Person
from identity.domain.session import Session


class Reason(StrEnum):
    """Why somebody is not signed in; nothing here tells whether an account exists."""

    WRONG = "wrong"
    TOO_SOON = "too_soon"
    START_AGAIN = "start_again"


class Refusal(StrEnum):
    """Why somebody was kept out, for the audit alone: whoever tried is told no more than `Reason`.

    An attempt that came too soon is not among them: its password was not looked at, and whoever sends millions of them
    must not fill the audit.
    """

    WRONG_PASSWORD = "wrong_password"  # noqa: S105  # a reason
    NO_ACCOUNT = "no_account"
    ACCOUNT_DISABLED = "account_disabled"
    WRONG_CODE = "wrong_code"


@dataclass(frozen=True, slots=True, kw_only=True)
class NotSignedIn:
    """Not in; `wait` is how long the next attempt is to wait."""

    reason: Reason
    wait: timedelta = timedelta()


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """In, or one step further when the session is not complete; `token` is the secret of the cookie.

    `recovery_codes` are shown once, when a second factor was just set up.
    """

    session: Session
    token: str
    recovery_codes: Sequence[str] = ()


def begun(person: Person, factors: Factors, *, session_id: str, methods: Sequence[str], now: datetime) -> Session:
    """The session after the first proof: complete, unless the roles or the person's own choice ask for another.

    `methods` with `mfa` is the proof of somebody who vouches for a second factor, too.
    """
    asks_for_more = person.needs_second_factor or factors.has_second_factor
    return Session(
        session_id=session_id,
        person_id=person.person_id,
        is_complete="mfa" in methods or not asks_for_more,
        methods=tuple(methods),
        authenticated_at=now,
        used_at=now,
    )


def completed(pending: Session, *, session_id: str, now: datetime) -> Session:
    """A session of its own once the second factor is proven: what was known before it opens nothing (ASVS 7.2.4)."""
    return Session(
        session_id=session_id,
        person_id=pending.person_id,
        is_complete=True,
        methods=(*pending.methods, "otp", "mfa"),
        authenticated_at=now,
        used_at=now,
    )


def told(session: Session) -> dict[str, object]:
    """What the audit keeps of a complete sign-in besides its person."""
    return {"session_id": session.session_id, "methods": session.methods}
