"""The kinds of private values: what each must look like, how it is shown masked, whether equal ones are found."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import NoReturn

from shared.errors import Finding, Invalid

OLDEST_YEARS = 110
LONGEST_NOTE = 2000

_ABA_WEIGHTS = (3, 7, 1) * 3


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivateKind:
    """One kind. `field_class` is the name by which a grant may show it; `example` is invented.

    `normalised` gives one text for all ways to write a value, or raises Invalid without repeating it. `is_indexed`:
    equal values of two people are found; never for what is guessed quickly by itself (birth dates) or tells by
    equality alone (medical values).
    """

    name: str
    field_class: str
    normalised: Callable[[str, date], str]
    masked: Callable[[str], str]
    example: str
    is_indexed: bool = False


def _refuse(code: str, message: str) -> NoReturn:
    raise Invalid(findings=(Finding(pointer="/value", code=code, message=message),))


def _digits(text: str) -> str:
    """The text without the spaces and hyphens that people write between digits."""
    return re.sub(r"[ -]", "", text)


def _ssn(text: str, _: date) -> str:
    """Numbers that are never issued (area 000, 666, 9xx) pass: demonstrations and tests live on them."""
    if not re.fullmatch(r"[0-9]{9}", digits := _digits(text)):
        _refuse("not_an_ssn", "Write nine digits, such as 900-12-3456.")
    return digits


def _routing(text: str, _: date) -> str:
    """Source: ANSI X9.100-160, the check digit of a routing transit number."""
    digits = _digits(text)
    if not re.fullmatch(r"[0-9]{9}", digits):
        _refuse("not_a_routing_number", "Write the nine digits at the lower left of a check.")
    if sum(int(digit) * weight for digit, weight in zip(digits, _ABA_WEIGHTS, strict=True)) % 10:
        _refuse("wrong_check_digit", "A digit of this routing number is wrong; compare it with a check.")
    return digits


def _account(text: str, _: date) -> str:
    """Source: Nacha Operating Rules, Appendix Three: the account number field holds 17 characters."""
    if not re.fullmatch(r"[0-9]{4,17}", digits := _digits(text)):
        _refuse("not_an_account_number", "Write 4 to 17 digits.")
    return digits


def _birth_date(text: str, today: date) -> str:
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        _refuse("not_a_date", "Write a date as YYYY-MM-DD.")
    if not date(today.year - OLDEST_YEARS, 1, 1) <= day < today:
        _refuse("not_a_birth_date", f"Write a day in the past, at most {OLDEST_YEARS} years ago.")
    return day.isoformat()


def _note(text: str, _: date) -> str:
    note = text.strip()
    if not note:
        _refuse("missing", "Write what is to be recorded.")
    if len(note) > LONGEST_NOTE:
        _refuse("too_long", f"Write at most {LONGEST_NOTE} characters.")
    return note


def _last_digits(digits: str) -> str:
    """At most four, and never so many that fewer than four stay hidden."""
    return "••••" + digits[max(4, len(digits) - 4) :]


SSN = PrivateKind(
    name="ssn",
    field_class="identity",
    normalised=_ssn,
    masked=lambda digits: f"***-**-{digits[-4:]}",
    example="900-12-3456",
    is_indexed=True,
)
BANK_ROUTING = PrivateKind(
    name="bank_routing", field_class="bank", normalised=_routing, masked=_last_digits, example="011000015"
)
BANK_ACCOUNT = PrivateKind(
    name="bank_account",
    field_class="bank",
    normalised=_account,
    masked=_last_digits,
    example="000123456789",
    is_indexed=True,
)
BIRTH_DATE = PrivateKind(
    name="birth_date",
    field_class="identity",
    normalised=_birth_date,
    masked=lambda _: "****-**-**",
    example="1990-04-17",
)
MEDICAL_NOTE = PrivateKind(
    name="medical_note",
    field_class="medical",
    normalised=_note,
    masked=lambda _: "recorded",
    example="Latex allergy; nitrile gloves only.",
)
