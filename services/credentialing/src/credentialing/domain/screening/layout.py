"""Lists whose columns go by many names: which column holds what, found from the header and given as data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from credentialing.domain.screening.dates import ImpossibleDate, day_of
from credentialing.domain.screening.entry import Entry, EntryKind, RowFinding, RowRead
from credentialing.domain.screening.errors import HeaderChanged
from credentialing.domain.screening.leie import fingerprint_of
from credentialing.domain.screening.npi import is_filler, npi_of

DAYS = ("birth_date", "excluded_on", "reinstated_on", "ends_on")
NAMES = ("last", "first", "middle", "business", "name")


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Which column holds what.

    `columns` gives for each of our fields the names by which a header may call it, in upper case; `name` is a whole
    name as "LAST, FIRST MIDDLE". Of each group in `required` one field must be there. `overlapping` gives, by a text in
    the column `agency`, the list in which the same exclusion stands.
    """

    columns: Mapping[str, tuple[str, ...]]
    required: tuple[frozenset[str], ...]
    last_width: int = 0
    first_width: int = 0
    overlapping: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A layout laid over one header: `places` are the columns of our fields, `width` how many columns there are."""

    layout: Layout
    places: Mapping[str, int]
    width: int

    def read_row(self, fields: Sequence[str], *, line: int) -> RowRead:
        """The entry of a row and what is wrong with it; no entry for a row that is short, long or without a name."""
        if len(fields) != self.width:
            code = "row_too_short" if len(fields) < self.width else "row_too_long"
            return RowRead(entry=None, findings=(RowFinding(line=line, column="", code=code),))
        row = {name: fields[place].strip() for name, place in self.places.items()}
        if not any(row.get(name) for name in NAMES):
            return RowRead(entry=None, findings=(RowFinding(line=line, column="name", code="name_missing"),))
        findings: list[RowFinding] = []
        entry = _entry(row, self.layout, findings, line=line, fingerprint=fingerprint_of(fields))
        return RowRead(entry=entry, findings=tuple(findings))


def lay(layout: Layout, header: Sequence[str]) -> Reading:
    """The layout over this header, whatever the order of its columns. Raises HeaderChanged when one is missing."""
    found = [" ".join(field.upper().replace("_", " ").split()) for field in header]
    places = {
        field: found.index(name)
        for field, names in layout.columns.items()
        if (name := next((name for name in names if name in found), None)) is not None
    }
    missing = [" or ".join(sorted(group)) for group in layout.required if not group & places.keys()]
    if missing or len(set(found)) != len(found):
        unexpected = [name[:40] for name in found if not any(name in names for names in layout.columns.values())]
        raise HeaderChanged(
            missing=", ".join(missing) or "none, but one stands twice", unexpected=", ".join(unexpected) or "none"
        )
    return Reading(layout=layout, places=places, width=len(found))


def _entry(row: Mapping[str, str], layout: Layout, findings: list[RowFinding], *, line: int, fingerprint: str) -> Entry:
    days = {name: _day(row, name, line, findings) for name in DAYS}
    last, first, middle = _names(row)
    npi = row.get("npi", "")
    if npi and npi_of(npi) is None and not is_filler(npi):
        findings.append(RowFinding(line=line, column="npi", code="npi_not_valid"))
    is_person = bool(last) and row.get("kind", "").upper() not in ("FIRM", "VESSEL", "SPECIAL ENTITY DESIGNATION")
    return Entry(
        line=line,
        kind=EntryKind.INDIVIDUAL if is_person else EntryKind.ENTITY,
        last=last,
        first=first,
        middle=middle,
        business=row.get("business", "") or ("" if is_person else row.get("name", "")),
        npi=npi_of(npi),
        npi_is_filler=is_filler(npi),
        birth_date=days["birth_date"],
        exclusion_type=row.get("exclusion_type", ""),
        excluded_on=days["excluded_on"],
        reinstated_on=days["reinstated_on"],
        ends_on=days["ends_on"],
        state=row.get("state", ""),
        last_may_be_truncated=0 < layout.last_width <= len(last),
        first_may_be_truncated=0 < layout.first_width <= len(first),
        overlaps=layout.overlapping.get(row.get("agency", "").upper()),
        fingerprint=fingerprint,
    )


def _names(row: Mapping[str, str]) -> tuple[str, str, str]:
    if row.get("last"):
        return row["last"], row.get("first", ""), row.get("middle", "")
    last, comma, given = row.get("name", "").partition(",")
    if not comma:
        return "", "", ""  # one name without a comma is a business
    first, _, middle = given.strip().partition(" ")
    return last.strip(), first, middle.strip()


def _day(row: Mapping[str, str], column: str, line: int, findings: list[RowFinding]) -> date | None:
    try:
        return day_of(row.get(column))
    except ImpossibleDate:
        findings.append(RowFinding(line=line, column=column, code="date_impossible"))
        return None
