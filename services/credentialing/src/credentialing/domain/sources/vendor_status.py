"""A background or drug vendor's words as one internal status.

Vendors have a status of the work, a result of it, and what people decided about the result; reports and drug screens
name them differently. `consider` and `positive` are what somebody found, not what anybody decided: they never reject
(FCRA, 15 USC 1681b(b)(3); field facts, 4.8).
"""

from dataclasses import dataclass
from enum import StrEnum


class VendorStatus(StrEnum):
    """How far a vendor's work is, and what it means here."""

    INVITED = "invited"
    """The candidate has not said yes yet."""
    PENDING = "pending"
    NEEDS_CANDIDATE = "needs_candidate"
    """It rests until the candidate brings something."""
    NEEDS_ADJUDICATION = "needs_adjudication"
    """Something was found: a person looks at the individual case."""
    PRE_ADVERSE = "pre_adverse_action"
    """The candidate was told and may answer."""
    ADVERSE = "adverse_action"
    """A person decided against it, and the candidate was told for good."""
    DISPUTED = "disputed"
    CLEAR = "clear"
    CANCELED = "canceled"
    EXPIRED = "expired"
    UNKNOWN = "unknown"
    """Words that nobody has judged yet."""


CLEARED = frozenset({VendorStatus.CLEAR})
AT_WORK = frozenset({VendorStatus.INVITED, VendorStatus.PENDING, VendorStatus.NEEDS_CANDIDATE})

_BY_STATUS = {
    "pending": VendorStatus.PENDING,
    "processing": VendorStatus.PENDING,
    "suspended": VendorStatus.NEEDS_CANDIDATE,
    "paused": VendorStatus.PENDING,
    "dispute": VendorStatus.DISPUTED,
    "disputed": VendorStatus.DISPUTED,
    "canceled": VendorStatus.CANCELED,
    "cancelled": VendorStatus.CANCELED,
    "expired": VendorStatus.EXPIRED,
    "clear": VendorStatus.CLEAR,
    "consider": VendorStatus.NEEDS_ADJUDICATION,
}
"""What the status of the work says by itself; `complete` says nothing: its result does."""

_BY_RESULT = {
    "clear": VendorStatus.CLEAR,
    "negative": VendorStatus.CLEAR,
    "eligible": VendorStatus.CLEAR,
    "consider": VendorStatus.NEEDS_ADJUDICATION,
    "positive": VendorStatus.NEEDS_ADJUDICATION,
    "review": VendorStatus.NEEDS_ADJUDICATION,
    "escalated": VendorStatus.NEEDS_ADJUDICATION,
    "canceled": VendorStatus.CANCELED,
    "cancelled": VendorStatus.CANCELED,
}

_BY_ADJUDICATION = {
    "engaged": VendorStatus.CLEAR,
    "pre_adverse_action": VendorStatus.PRE_ADVERSE,
    "post_adverse_action": VendorStatus.ADVERSE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class VendorWords:
    """What the vendor said, as it said it.

    `result` of a report or `disposition` of a drug screen; `assessment` is what its rules make of a result,
    `adjudication` what people decided. `is_invitation`: the words are about the invitation before any report.
    """

    status: str | None = None
    result: str | None = None
    assessment: str | None = None
    adjudication: str | None = None
    is_invitation: bool = False


def internal_status(words: VendorWords) -> VendorStatus:
    """The one status that these words mean.

    A dispute opens everything anew. Then counts what people decided, once the work is complete; then the worse of
    result and assessment. Work that is not complete is at work, whatever its parts say so far.
    """
    status, decided = _word(words.status), _word(words.adjudication)
    if words.is_invitation:
        return _of_invitation(status)
    if status not in ("complete", "completed", "clear", "consider"):
        return _BY_STATUS.get(status, VendorStatus.UNKNOWN)
    if decided:
        return _BY_ADJUDICATION.get(decided, VendorStatus.UNKNOWN)
    return _of_results(words, status)


def _of_results(words: VendorWords, status: str) -> VendorStatus:
    said = [_word(words.result), _word(words.assessment), status if status in ("clear", "consider") else ""]
    meant = [_BY_RESULT.get(word, VendorStatus.UNKNOWN) for word in said if word]
    if not meant:
        return VendorStatus.UNKNOWN
    worst_first = (VendorStatus.NEEDS_ADJUDICATION, VendorStatus.UNKNOWN, VendorStatus.CANCELED, VendorStatus.CLEAR)
    return next(one for one in worst_first if one in meant)


def _of_invitation(status: str) -> VendorStatus:
    if status in ("completed", "complete"):
        return VendorStatus.PENDING
    known = {"pending": VendorStatus.INVITED, "expired": VendorStatus.EXPIRED, "deleted": VendorStatus.CANCELED}
    return known.get(status, _BY_STATUS.get(status, VendorStatus.UNKNOWN))


def _word(text: str | None) -> str:
    return (text or "").strip().lower().replace("-", "_").replace(" ", "_")
