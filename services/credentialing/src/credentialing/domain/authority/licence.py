"""A licence, or a compact privilege, as its issuer shows it, and what it is worth on a day.

All days are inclusive: `expires` is the last valid day, `ended` the last day of an action.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

ONE_DAY = timedelta(days=1)


class LicenceScope(StrEnum):
    """Where it is good."""

    SINGLE_STATE = "single_state"
    MULTISTATE = "multistate"
    PRIVILEGE = "compact_privilege"
    """No licence but a privilege for one state, bought on the strength of a licence elsewhere."""


class LicenceStatus(StrEnum):
    """What its issuer says of it; whatever is not understood is not active."""

    ACTIVE = "active"
    ENCUMBERED = "encumbered"
    PENDING = "pending"
    EXPIRED = "expired"
    INACTIVE = "inactive"
    DEACTIVATED = "deactivated"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    SURRENDERED = "surrendered"
    UNKNOWN = "not_active"


USABLE = frozenset({LicenceStatus.ACTIVE, LicenceStatus.ENCUMBERED})

_WORDS = {
    LicenceStatus.ACTIVE: "active|current|active unencumbered|active unrestricted",
    LicenceStatus.ENCUMBERED: "encumbered|active encumbered|probation|active probation|on probation|probationary"
    "|restricted|active restricted|active with restrictions|conditional|active with conditions|limited|disciplined",
    LicenceStatus.PENDING: "pending|applied|application pending|application filed|in process",
    LicenceStatus.EXPIRED: "expired|lapsed|delinquent",
    LicenceStatus.INACTIVE: "inactive|retired|not active|null and void",
    LicenceStatus.DEACTIVATED: "deactivated|superseded|deactivated psor change",
    LicenceStatus.SUSPENDED: "suspended|summarily suspended",
    LicenceStatus.REVOKED: "revoked",
    LicenceStatus.SURRENDERED: "surrendered|voluntarily surrendered|voluntary surrender",
}
_STATUSES = {word: status for status, words in _WORDS.items() for word in words.split("|")}

_KINDS = {
    "RN": "RN|REGISTERED NURSE",
    "LPN": "LPN|LVN|VN|PN|LPN/VN|LPN/LVN|LICENSED PRACTICAL NURSE|LICENSED VOCATIONAL NURSE",
    "APRN": "APRN|APN|ARNP|NP|CNP|CRNA|CNS|CNM|NURSE PRACTITIONER|FNP",
    "MD": "MD|DO|PHYSICIAN",
    "RT": "RT|RRT|CRT|RCP",
    "PARAMEDIC": "PARAMEDIC|EMT-P",
}
_KIND_OF = {word: kind for kind, words in _KINDS.items() for word in words.split("|")}


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardAction:
    """A board's action in a state: against the privilege there, or, in the licence's own state, against the licence."""

    state: str
    effective: date
    ended: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether it is in force on that day; the day it ended still counts."""
        return self.effective <= day and (self.ended is None or day <= self.ended)


@dataclass(frozen=True, slots=True, kw_only=True)
class Licence:
    """One licence or privilege: what it licenses (`type`, as `kind_of` reads it), where, and from when to when.

    `deactivated_on` is the first day on which its issuer no longer lets it be used. `credential_id` is the claim
    it was read from. `status` is what the source says today; only dates tell about other days.
    """

    state: str
    type: str
    scope: LicenceScope = LicenceScope.SINGLE_STATE
    status: LicenceStatus = LicenceStatus.ACTIVE
    issued: date | None = None
    expires: date | None = None
    deactivated_on: date | None = None
    actions: tuple[BoardAction, ...] = ()
    credential_id: str | None = None

    def status_on(self, day: date) -> LicenceStatus:
        """Its status as far as its dates tell for that day; before it was issued it is pending."""
        if self.deactivated_on is not None and self.deactivated_on <= day:
            return LicenceStatus.DEACTIVATED
        if self.status not in USABLE:
            return self.status
        if self.issued is not None and day < self.issued:
            return LicenceStatus.PENDING
        if self.expires is not None and self.expires < day:
            return LicenceStatus.EXPIRED
        if any(action.state == self.state and action.holds_on(day) for action in self.actions):
            return LicenceStatus.ENCUMBERED
        return self.status

    def is_barred_in(self, state: str, day: date) -> bool:
        """Whether an action against the privilege to practise in that state is in force."""
        return any(action.state == state and action.holds_on(day) for action in self.actions)

    @property
    def changes(self) -> Iterator[date]:
        """The first days on which something about it is different from the day before."""
        yield from (day for day in (self.issued, self.deactivated_on) if day)
        yield from _days_after(self.expires, *(action.ended for action in self.actions))
        yield from (action.effective for action in self.actions)


def _days_after(*days: date | None) -> Iterator[date]:
    return (day + ONE_DAY for day in days if day and day < date.max)


def status_of(text: str | None) -> LicenceStatus:
    """The status behind a source's words; unknown words are not active (a board may write what it likes there)."""
    words = " ".join(re.findall(r"[a-z]+", (text or "").casefold()))
    return _STATUSES.get(words, LicenceStatus.UNKNOWN)


def kind_of(text: str | None) -> str:
    """The kind of licence behind a source's words or a discipline: LVN is LPN, NP and CRNA are APRN."""
    word = " ".join((text or "").upper().split())
    return _KIND_OF.get(word, word)
