"""Names as they are compared: in capitals, without accents, punctuation and suffixes, in words.

`shaped` brings a name of either side into that form once; comparing then works on the form alone.
"""

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from shared.plain_letters import in_plain_letters

_DROPPED = re.compile("['’‘`´.·]")
"""Apostrophes and full stops: O'Brien, St. John."""
_APART = re.compile(r"[^A-Z]+")
_NO_NAMES = frozenset(
    "JR SR II III IV VI VII ND RD TH ESQ MD DO DDS PHD PHARMD RN LPN LVN CNA NP APRN CRNA BSN MSN DNP".split()
)
"""Generations and titles: a father and his son are told apart by their birth dates."""
_FIFTH = "V"
"""A generation behind a last name, an initial elsewhere."""
_ALSO_NAMES = frozenset(("DO", "VI"))
"""Of these, names where nothing else is left."""
_PARTICLES = frozenset(
    "DE DEL DELA DELOS LA LAS LOS LE DI DA DAS DO DOS DU VAN VON DER DEN TER TEN EL AL ST SAN SANTA"
    " MC MAC BIN IBN STE DELLA Y".split()
)
"""Words that are no part of a double name by themselves."""
SHORTEST_PART = 3


class NameKind(StrEnum):
    """Since when, and for whom, a person goes by a name."""

    CURRENT = "current"
    FORMER = "former"
    ALIAS = "alias"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonName:
    """A name as the person writes it."""

    first: str
    last: str
    middle: str = ""
    kind: NameKind = NameKind.CURRENT


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A name in the form for comparing: `last` and `first` as one word each, and the words they are made of.

    `given` are the words of first and middle name together; `middle` is what follows the first word.
    """

    last: str
    last_parts: tuple[str, ...]
    first: str
    given: tuple[str, ...]

    @property
    def middle(self) -> str:
        """The middle name's first word, or the second word of the first name."""
        return self.given[1] if len(self.given) > 1 else ""

    @property
    def significant_parts(self) -> tuple[str, ...]:
        """The words of a double last name that are names of their own; empty for a simple one."""
        if len(self.last_parts) < 2:
            return ()
        return tuple(part for part in self.last_parts if part not in _PARTICLES and len(part) >= SHORTEST_PART)


@lru_cache(maxsize=50_000)
def words(text: str) -> tuple[str, ...]:
    """The words of a name, as the letters A to Z."""
    plain = _DROPPED.sub("", in_plain_letters(text))
    return tuple(word for word in _APART.split(plain) if word)


def shaped(first: str, last: str, *, middle: str = "") -> Shape:
    """The name in the form for comparing."""
    last_words = tuple(_with_short_saint(word) for word in _without_suffix(_without_generation(words(last))))
    first_words = _without_suffix(words(first))
    return Shape(
        last="".join(last_words),
        last_parts=last_words,
        first="".join(first_words),
        given=first_words + tuple(word for word in words(middle) if word not in _NO_NAMES),
    )


def transposed(name: Shape) -> Shape:
    """The name with first and last exchanged, as a clerk may have written it."""
    return Shape(last=name.first, last_parts=name.given[:1], first=name.last, given=name.last_parts)


def split_name(whole: str) -> PersonName:
    """First, middle and last of a name that is written in one piece, "First Middle Last" or "Last, First Middle".

    A particle belongs to the last name with all that follows it (Ana de la Cruz).
    """
    before, comma, after = whole.partition(",")
    if comma and after.strip() and _without_suffix(words(after)):
        first, _, middle = after.strip().partition(" ")
        return PersonName(first=first, middle=middle.strip(), last=before.strip())
    parts = [part for part in before.split() if _without_suffix(words(part))]
    if len(parts) < 2:
        return PersonName(first="", last=before.strip())
    if len(parts) > 2 and words(parts[-1]) == (_FIFTH,):
        parts.pop()
    begin = next((at for at, part in enumerate(parts) if at > 0 and words(part)[0] in _PARTICLES), len(parts) - 1)
    return PersonName(first=parts[0], middle=" ".join(parts[1:begin]), last=" ".join(parts[begin:]))


def readings_of(whole: str) -> tuple[PersonName, ...]:
    """The ways to take apart a name that is written in one piece, the likeliest first."""
    return readings(split_name(whole))


def readings(name: PersonName) -> tuple[PersonName, ...]:
    """The ways to understand a name, the likeliest first.

    The last word of the middle name may be a last name: of somebody with two, or the one from before a marriage.
    """
    middle, _, nearest = name.middle.strip().rpartition(" ")
    if len(nearest) < SHORTEST_PART:
        return (name,)
    return name, replace(name, middle=middle, last=f"{nearest} {name.last}")


def _without_generation(found: tuple[str, ...]) -> tuple[str, ...]:
    return found[:-1] if len(found) > 1 and found[-1] == _FIFTH else found


def _with_short_saint(word: str) -> str:
    """Saint-Pierre is St. Pierre, Sainte-Marie is Ste. Marie, also where lists write them as one word."""
    return f"ST{word.removeprefix('SAINT')}" if word.startswith("SAINT") else word


def _without_suffix(found: tuple[str, ...]) -> tuple[str, ...]:
    kept = tuple(word for word in found if word not in _NO_NAMES)
    return kept or tuple(word for word in found[:1] if word in _ALSO_NAMES)
