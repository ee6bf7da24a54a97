"""Rows of lists for tests, valid by default: a nurse in Ohio."""

from datetime import date
from typing import Any

from credentialing.domain.screening.entry import Entry, EntryKind
from credentialing.domain.screening.leie import HEADER
from credentialing.domain.screening.matching import Match, Person, compare, listed, sought
from credentialing.domain.screening.names import PersonName

TODAY = date(2026, 11, 20)
BORN = date(1984, 3, 11)
LEIE_ROW = {
    "LASTNAME": "DELGADO",
    "FIRSTNAME": "MARIA",
    "GENERAL": "INDIVIDUAL",
    "SPECIALTY": "NURSE/NURSES AIDE",
    "NPI": "0000000000",
    "DOB": "19840311",
    "CITY": "TOLEDO",
    "STATE": "OH",
    "EXCLTYPE": "1128b4",
    "EXCLDATE": "20210620",
    "REINDATE": "00000000",
    "WAIVERDATE": "00000000",
}


def leie_fields(**columns: str) -> tuple[str, ...]:
    """The 18 fields of a row."""
    row = {**LEIE_ROW, **columns}
    return tuple(row.get(name, "") for name in HEADER)


def leie_line(**columns: str) -> str:
    """The row as the file writes it."""
    return ",".join(f'"{field}"' for field in leie_fields(**columns))


def leie_file(*rows: str) -> bytes:
    """A file of these rows."""
    return "\r\n".join([",".join(HEADER), *rows, ""]).encode()


def an_entry(**fields: Any) -> Entry:
    """A row in the form of the rules."""
    usual = {
        "line": 2,
        "kind": EntryKind.INDIVIDUAL,
        "last": "DELGADO",
        "first": "MARIA",
        "birth_date": BORN,
        "excluded_on": date(2021, 6, 20),
        "fingerprint": "f1",
    }
    return Entry(**{**usual, **fields})


def a_person(first: str = "Maria", last: str = "Delgado", **fields: Any) -> Person:
    """Somebody of the same name, born on the same day."""
    middle = fields.pop("middle", "")
    others = fields.pop("others", ())
    names = (PersonName(first=first, last=last, middle=middle), *others)
    return Person(**{"names": names, "birth_date": BORN, **fields})


def match(person: Person, entry: Entry, **options: Any) -> Match:
    """What the row means for the person."""
    return compare(sought(person), listed(entry), on=options.pop("on", TODAY), **options)
