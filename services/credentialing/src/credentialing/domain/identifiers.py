"""Whether an NPI or a DEA number can be one: length, letters, check digit. Nothing here says that it was issued.

Whatever comes in, also nothing or nonsense, gets a finding and never an exception.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from shared.plain_letters import in_plain_letters

NPI_PREFIX = "80840"
"""Health applications, United States: the digits that stand before an NPI in the card number its check is made for."""

NPI_FILLERS = frozenset({"0" * 10, "9" * 10})
"""What lists write where there is no NPI; two of these are not the same NPI."""

BUSINESS = "9"
"""Second character of a DEA number that is registered by the name of a business."""


class NpiFault(StrEnum):
    """Why it is no NPI."""

    MISSING = "missing"
    FILLER = "filler"
    NOT_TEN_DIGITS = "not_ten_digits"
    FIRST_DIGIT = "first_digit"
    CHECK_DIGIT = "check_digit"


class DeaFault(StrEnum):
    """Why it is no DEA number."""

    MISSING = "missing"
    FORM = "form"
    """Two letters (the second may be a 9) and seven digits."""
    CHECK_DIGIT = "check_digit"


class NameInitial(StrEnum):
    """How the second letter of a DEA number goes with the surname. A mismatch is a warning: names change."""

    MATCH = "match"
    MISMATCH = "mismatch"
    BUSINESS = "business"


class Registrant(StrEnum):
    """Who holds a DEA number, by its first letter; other letters exist and are no fault."""

    PRACTITIONER = "practitioner"
    MID_LEVEL = "mid_level"
    DISTRIBUTOR = "distributor"
    OTHER = "other"


_REGISTRANTS = {
    **dict.fromkeys("ABFG", Registrant.PRACTITIONER),
    "M": Registrant.MID_LEVEL,
    **dict.fromkeys("PR", Registrant.DISTRIBUTOR),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Dea:
    """What can be said of a DEA number and the surname beside it; None where it cannot be said."""

    fault: DeaFault | None
    name_initial: NameInitial | None
    registrant: Registrant | None

    @property
    def is_checksum_valid(self) -> bool:
        """Whether its form and its check digit are right."""
        return self.fault is None


def npi_fault(text: str | None) -> NpiFault | None:
    """Why a text is no NPI, or None. No spaces or hyphens are forgiven: 10 digits, the first 1 or 2.

    Source: CMS, check digit by the Luhn formula over the number with the prefix 80840.
    """
    if not isinstance(text, str) or not text.strip():
        return NpiFault.MISSING
    if text in NPI_FILLERS:
        return NpiFault.FILLER
    if not re.fullmatch(r"[0-9]{10}", text):
        return NpiFault.NOT_TEN_DIGITS
    if text[0] not in "12":
        return NpiFault.FIRST_DIGIT
    return None if _passes_luhn(NPI_PREFIX + text) else NpiFault.CHECK_DIGIT


def is_npi(text: str | None) -> bool:
    """Whether a text can be an NPI."""
    return npi_fault(text) is None


def dea(text: str | None, last_name: str | None = None) -> Dea:
    """What can be said of a DEA number; small letters are read as capitals.

    Check digit: the last digit of (1st + 3rd + 5th) + 2 × (2nd + 4th + 6th). Source: DEA, as quoted by pharmacy boards.
    """
    number = text.upper() if isinstance(text, str) else ""
    return Dea(
        fault=_dea_fault(number),
        name_initial=_name_initial(number, last_name),
        registrant=_REGISTRANTS.get(number[0], Registrant.OTHER) if re.match(r"[A-Z]", number) else None,
    )


def _dea_fault(number: str) -> DeaFault | None:
    if not number.strip():
        return DeaFault.MISSING
    if not re.fullmatch(r"[A-Z][A-Z9][0-9]{7}", number):
        return DeaFault.FORM
    digits = [int(digit) for digit in number[2:]]
    total = sum(digits[0:6:2]) + 2 * sum(digits[1:6:2])
    return None if total % 10 == digits[6] else DeaFault.CHECK_DIGIT


def _name_initial(number: str, last_name: str | None) -> NameInitial | None:
    second = number[1:2]
    if second == BUSINESS:
        return NameInitial.BUSINESS
    letters = re.sub(r"[^A-Z]", "", in_plain_letters(last_name or ""))
    if not second.isalpha() or not letters:
        return None
    return NameInitial.MATCH if letters[0] == second else NameInitial.MISMATCH


def _passes_luhn(number: str) -> bool:
    """Luhn: from the right, every second digit is doubled and its digits added; the sum ends in 0."""
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(number))]
    return sum(value // 10 + value % 10 for value in doubled) % 10 == 0
