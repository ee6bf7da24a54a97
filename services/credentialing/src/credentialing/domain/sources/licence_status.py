"""What a board's words about a licence mean for a claim. They are free text: words that nobody has judged yet are not
active.

The words are those that decide about authority, and more that registers use.
"""

import re
from enum import StrEnum

from credentialing.domain.authority.licence import LicenceStatus, status_of


class LicenceStanding(StrEnum):
    """How a licence stands."""

    ACTIVE = "active"
    RESTRICTED = "restricted"
    """In force under terms: probation, conditions, a stay. A person judges it."""
    ENDED = "ended"
    """Expired, lapsed, retired, surrendered, closed: no leave to work."""
    TAKEN = "taken"
    """Suspended, revoked, denied."""
    UNKNOWN = "unknown"


_BY_STATUS = {
    LicenceStatus.ACTIVE: LicenceStanding.ACTIVE,
    LicenceStatus.ENCUMBERED: LicenceStanding.RESTRICTED,
    LicenceStatus.EXPIRED: LicenceStanding.ENDED,
    LicenceStatus.INACTIVE: LicenceStanding.ENDED,
    LicenceStatus.DEACTIVATED: LicenceStanding.ENDED,
    LicenceStatus.SURRENDERED: LicenceStanding.ENDED,
    LicenceStatus.SUSPENDED: LicenceStanding.TAKEN,
    LicenceStatus.REVOKED: LicenceStanding.TAKEN,
}
"""A pending one is nothing yet."""

_MORE = {
    LicenceStanding.ACTIVE: "active current|current active|clear active|active clear|unencumbered|in good standing"
    "|active in good standing|licensed active|registered active|active multistate|active single state|renewed",
    LicenceStanding.RESTRICTED: "active on probation|active restricted|stayed suspension|reprimand",
    LicenceStanding.ENDED: "void|closed|cancelled|canceled|deceased|not renewed|relinquished|terminated",
    LicenceStanding.TAKEN: "summary suspension|emergency suspension|denied|cease and desist|privilege revoked"
    "|privilege suspended",
}
_MEANING = {word: standing for standing, words in _MORE.items() for word in words.split("|")}


def standing_of(words: str | None, *, is_active: bool | None = None) -> LicenceStanding:
    """How a licence with these words stands.

    `is_active` is the source's own flag beside them, where it has one: it cannot make active what the words do not,
    but it takes back what they do.
    """
    plain = " ".join(re.findall(r"[a-z]+", (words or "").casefold()))
    known = _BY_STATUS.get(status_of(words), LicenceStanding.UNKNOWN)
    standing = known if known is not LicenceStanding.UNKNOWN else _MEANING.get(plain, LicenceStanding.UNKNOWN)
    if standing is LicenceStanding.ACTIVE and is_active is False:
        return LicenceStanding.UNKNOWN
    return standing
