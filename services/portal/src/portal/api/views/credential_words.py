"""What credentialing's codes are called on pages: how far an item is, why it is not met, whose move it is."""

from collections.abc import Mapping
from typing import Final

from portal.domain.words import kind_words

STATUSES: Final[Mapping[str, tuple[str, str, str]]] = {
    "missing": ("warn", "Missing", "circle-dashed"),
    "due_later": ("info", "Due later", "clock"),
    "received": ("info", "To be confirmed", "file-check"),
    "verified": ("good", "Confirmed", "shield-check"),
    "rejected": ("bad", "Refused", "octagon-x"),
    "waived": ("muted", "Waived", "circle-minus"),
    "not_asked": ("muted", "Not asked this season", "circle-minus"),
}
PARTITIONS: Final = {
    "personnel": "Personnel",
    "health": "Health",
    "background": "Background",
    "i9": "Form I-9",
    "payroll": "Payroll",
}
MOVERS: Final = {
    "clinician": "Clinician",
    "specialist": "Credentialing specialist",
    "source": "Its source",
    "second_person": "A second person",
    "client": "Client",
    "facility": "Facility",
}
LACKS: Final = {
    "not_presented": "Nothing came in yet",
    "expires_before_start": "Runs out before the start",
    "expires_before_end": "Runs out before the last day",
    "too_old_for_start": "Older than its window before the start",
    "not_valid_at_start": "Begins after the day it is needed",
}
OUTCOMES: Final = {
    "confirmed": ("good", "Confirmed"),
    "refuted": ("bad", "Refuted"),
    "unclear": ("warn", "Unclear"),
    "granted": ("good", "Granted"),
    "revoked": ("bad", "Revoked"),
}


def status_of(code: object) -> tuple[str, str, str]:
    """Tone, words and icon of an item's status."""
    return STATUSES.get(str(code), ("neutral", kind_words(str(code)), "circle"))


def partition_of(code: object) -> str:
    """A part of the file."""
    return PARTITIONS.get(str(code), kind_words(str(code)))


def mover_of(code: object) -> str:
    """Whose move it is."""
    return MOVERS.get(str(code), kind_words(str(code)))


def lack_of(code: object) -> str:
    """Why what is held does not do; nothing where there is no lack."""
    return LACKS.get(str(code), kind_words(str(code))) if code else ""


def outcome_of(code: object) -> tuple[str, str]:
    """Tone and words of what a source said, or of a decision."""
    return OUTCOMES.get(str(code), ("neutral", kind_words(str(code))))


def reason_of(code: str) -> str:
    """A reason as a phrase: "psor_change_apply_by:2026-04-30" becomes "Psor change apply by 2026-04-30"."""
    name, _, detail = code.partition(":")
    return f"{kind_words(name)} {detail}".strip()
