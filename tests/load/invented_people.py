"""An exclusion list of 83,000 rows in the published layout, and 20,000 people to screen, all of them invented."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from random import Random

from credentialing.domain.screening.leie import FIRST_WIDTH, HEADER, LAST_WIDTH

ROWS = 83_000
PEOPLE = 20_000
ON_THE_LIST = 50
"""People who are on it, by name and birth date."""
UNDATED_PERCENT = 5
ENTITY_PERCENT = 4
OLDEST = date(1940, 1, 1)
DAYS = 21_000

_BEGINNINGS = "Al Bar Cal Del Ed Fa Gar Hol In Jen Kel Lan Mar Nor Os Pat Quin Rey San Tor Ul Val Wil Yor Zam".split()
_MIDDLES = "a be cha di e fo gu hi lo ma ne o per ra si te u va".split()
_ENDS = (
    "berg castle cott den der field ford ham kins land ley man mann mont ner nez rez rick row sen son ton well".split()
)
_COMMON = "Smith Johnson Williams Brown Jones Garcia Miller Davis Rodriguez Martinez Hernandez Lopez Wilson".split()
_FIRSTS = (
    "Mary Maria Jennifer Linda Patricia Elizabeth Barbara Susan Jessica Sarah Karen Nancy Lisa Betty Sandra Ashley"
    " James John Robert Michael William David Richard Joseph Thomas Charles Daniel Matthew Anthony Mark Donald Steven"
    " Kimberly Emily Donna Michelle Carol Amanda Dorothy Melissa Deborah Paul Andrew Joshua Kenneth Kevin Brian George"
).split()


@dataclass(frozen=True, slots=True, kw_only=True)
class Invented:
    """Somebody who does not exist."""

    first: str
    last: str
    birth_date: date


class Names:
    """Names of which few are common and many rare, as they are among people."""

    def __init__(self, random: Random) -> None:
        rare = [begin + middle + end for begin in _BEGINNINGS for middle in _MIDDLES for end in _ENDS]
        random.shuffle(rare)
        self._random = random
        self._lasts = [*_COMMON, *rare]
        self._last_weights = list(accumulate(1000 // (place + 10) + 1 for place in range(len(self._lasts))))
        made = [begin + middle + "n" for begin in _BEGINNINGS for middle in _MIDDLES]
        self._firsts = [*_FIRSTS, *made]
        self._first_weights = list(accumulate(1000 // (place + 5) + 1 for place in range(len(self._firsts))))

    def some(self, count: int) -> Iterator[Invented]:
        """So many people."""
        firsts = self._random.choices(self._firsts, cum_weights=self._first_weights, k=count)
        lasts = self._random.choices(self._lasts, cum_weights=self._last_weights, k=count)
        for first, last in zip(firsts, lasts, strict=True):
            yield Invented(first=first, last=last, birth_date=OLDEST + timedelta(days=self._random.randrange(DAYS)))


def people(names: Names) -> Sequence[Invented]:
    """Whom to screen; the first are on the list."""
    return list(names.some(PEOPLE))


def list_file(names: Names, among: Sequence[Invented], *, random: Random) -> bytes:
    """The file, as the source publishes it."""
    rows = [*among[:ON_THE_LIST], *names.some(ROWS - ON_THE_LIST)]
    lines = [_line(one, random, is_planted=place < ON_THE_LIST) for place, one in enumerate(rows)]
    random.shuffle(lines)
    return "\r\n".join([",".join(HEADER), *lines, ""]).encode()


def _line(one: Invented, random: Random, *, is_planted: bool) -> str:
    dice = random.randrange(100)
    is_entity = not is_planted and dice < ENTITY_PERCENT
    is_undated = is_entity or (not is_planted and dice < ENTITY_PERCENT + UNDATED_PERCENT)
    row = {
        "LASTNAME": "" if is_entity else one.last.upper()[:LAST_WIDTH],
        "FIRSTNAME": "" if is_entity else one.first.upper()[:FIRST_WIDTH],
        "BUSNAME": f"{one.last.upper()} HOME CARE, INC" if is_entity else "",
        "GENERAL": "OTHER BUSINESS" if is_entity else "INDIVIDUAL",
        "SPECIALTY": "NURSE/NURSES AIDE",
        "NPI": "0000000000",
        "DOB": "" if is_undated else f"{one.birth_date:%Y%m%d}",
        "ADDRESS": f"{random.randrange(1, 9999)} {one.last.upper()} ST",
        "CITY": "SPRINGFIELD",
        "STATE": "OH",
        "ZIP": f"{random.randrange(10_000, 99_999)}",
        "EXCLTYPE": "1128b4",
        "EXCLDATE": f"{date(2010, 1, 20) + timedelta(days=random.randrange(5000)):%Y%m%d}",
        "REINDATE": "00000000",
        "WAIVERDATE": "00000000",
    }
    return ",".join(f'"{row.get(name, "")}"' for name in HEADER)
