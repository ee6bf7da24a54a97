"""Canaries: invented private values, none ever issued, each unique and too long to stand somewhere by chance.

The same ones in every run; what surrounds them differs.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

KINDS = {
    "payroll": ("ssn", "bank_routing", "bank_account"),
    "credentialing": ("ssn", "birth_date", "medical_note"),
}
"""What each service holds about a clinician."""

FIRST_BIRTH = date(1918, 1, 1)
BIRTH_DAYS = 12_000
_ROUTING_WEIGHTS = (3, 7, 1, 3, 7, 1, 3, 7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Canary:
    """One value: as somebody writes it, as the vault gives it back, and the other forms that it might be found in."""

    kind: str
    written: str
    kept: str
    forms: tuple[str, ...]


class Aviary:
    """Gives canaries, never one twice."""

    def __init__(self, seed: int = 1) -> None:
        self._random = Random(seed)
        self._given: set[str] = set()

    def one(self, kind: str) -> Canary:
        """A fresh canary of this kind."""
        while (canary := _BREEDS[kind](self._random)).kept in self._given:
            pass
        self._given.add(canary.kept)
        return canary

    def many(self, kinds: tuple[str, ...]) -> Iterator[Canary]:
        """Fresh ones for ever, the kinds in turn."""
        while True:
            yield from (self.one(kind) for kind in kinds)


def _digits(random: Random, count: int) -> str:
    return f"{random.randrange(10**count):0{count}}"


def _ssn(random: Random) -> Canary:
    """Area 9xx was never issued (20 CFR 422.103; SSA, randomization FAQ)."""
    digits = f"9{_digits(random, 8)}"
    parts = digits[:3], digits[3:5], digits[5:]
    written = "-".join(parts)
    return Canary(kind="ssn", written=written, kept=digits, forms=(digits, written, " ".join(parts)))


def _routing(random: Random) -> Canary:
    """No Federal Reserve district has numbers that begin with 9; the check digit is right (ANSI X9.100-160)."""
    body = f"9{_digits(random, 7)}"
    total = sum(int(digit) * weight for digit, weight in zip(body, _ROUTING_WEIGHTS, strict=True))
    digits = f"{body}{-total % 10}"
    return Canary(kind="bank_routing", written=digits, kept=digits, forms=(digits,))


def _account(random: Random) -> Canary:
    digits = f"99{_digits(random, 15)}"
    return Canary(kind="bank_account", written=f"{digits[:8]} {digits[8:]}", kept=digits, forms=(digits,))


def _birth_date(random: Random) -> Canary:
    day = FIRST_BIRTH + timedelta(days=random.randrange(BIRTH_DAYS))
    return Canary(kind="birth_date", written=str(day), kept=str(day), forms=(str(day), f"{day:%m/%d/%Y}"))


def _note(random: Random) -> Canary:
    """The word alone is sought too, so that a part of the note is found; quotes and accents are escaped variously."""
    word = "".join(random.choices("BCDFGHJKLMNPQRSTVWXZ", k=14))
    note = f'Latex "{word}", naïve to codeine & morphine'
    return Canary(kind="medical_note", written=f" {note}\n", kept=note, forms=(note, word))


def _word(random: Random) -> Canary:
    """A name as people write it; it might be kept in capitals, or in none."""
    word = "".join(random.choices("bcdfghjklmnpqrstvwxz", k=14)).capitalize()
    return Canary(kind="word", written=word, kept=word, forms=(word, word.lower(), word.upper()))


def _long_number(random: Random) -> Canary:
    digits = f"98{_digits(random, 14)}"
    return Canary(kind="long_number", written=digits, kept=digits, forms=(digits,))


_BREEDS: dict[str, Callable[[Random], Canary]] = {
    "ssn": _ssn,
    "bank_routing": _routing,
    "bank_account": _account,
    "birth_date": _birth_date,
    "medical_note": _note,
    "word": _word,
    "long_number": _long_number,
}
