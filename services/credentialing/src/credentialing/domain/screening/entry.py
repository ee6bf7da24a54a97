"""One row of an exclusion list, whichever list it is of."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class EntryKind(StrEnum):
    """Whom a row is about."""

    INDIVIDUAL = "individual"
    ENTITY = "entity"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A row as it is compared; the spellings are the list's own.

    `line` is its line in the file of the release. What stands for "none" in the file (00000000, 0000000000) is None;
    `npi_is_filler` says that zeros stood there.
    `last_may_be_truncated` and `first_may_be_truncated`: the name fills its field, so it may be the beginning of a
    longer one. `ends_on` is the last day of an exclusion that ends by itself. `overlaps`: the same exclusion stands in
    another list, named here. `fingerprint` is the same for the same row of two releases.
    """

    line: int
    kind: EntryKind
    last: str = ""
    first: str = ""
    middle: str = ""
    business: str = ""
    npi: str | None = None
    npi_is_filler: bool = False
    birth_date: date | None = None
    exclusion_type: str = ""
    excluded_on: date | None = None
    reinstated_on: date | None = None
    ends_on: date | None = None
    waived_on: date | None = None
    waiver_state: str | None = None
    state: str = ""
    last_may_be_truncated: bool = False
    first_may_be_truncated: bool = False
    overlaps: str | None = None
    fingerprint: str = ""

    @property
    def identity(self) -> tuple[str, ...]:
        """Who or what it is about: rows of two releases with the same identity are one that was changed."""
        born = self.birth_date.isoformat() if self.birth_date else ""
        return self.kind.value, self.last, self.first, self.middle, self.business, born


@dataclass(frozen=True, slots=True, kw_only=True)
class RowFinding:
    """What is wrong with a row: a stable code, never the value; `column` is empty where the whole row is meant."""

    line: int
    column: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RowRead:
    """What could be made of a row: the entry, unless nothing could, and what is wrong with it."""

    entry: Entry | None
    findings: tuple[RowFinding, ...] = ()
