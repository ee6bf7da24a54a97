"""The OIG's List of Excluded Individuals/Entities: a file of 18 columns, posted by the 10th of each month.

Names are cut to the width of their fields; nothing says so but the width itself. Source: the OIG's record layout, and
the header of the file published in 2026 (field facts, section 4.2).
"""

from collections.abc import Sequence
from datetime import date
from hashlib import sha256

from credentialing.domain.screening.dates import ImpossibleDate, day_of
from credentialing.domain.screening.entry import Entry, EntryKind, RowFinding, RowRead
from credentialing.domain.screening.errors import HeaderChanged
from credentialing.domain.screening.npi import is_filler, npi_of

HEADER = (
    *("LASTNAME", "FIRSTNAME", "MIDNAME", "BUSNAME", "GENERAL", "SPECIALTY", "UPIN", "NPI", "DOB", "ADDRESS", "CITY"),
    *("STATE", "ZIP", "EXCLTYPE", "EXCLDATE", "REINDATE", "WAIVERDATE", "WVRSTATE"),
)
ALSO = {"WAIVERSTATE": "WVRSTATE"}
"""The layout's own name for a column that the file spells otherwise."""
LAST_WIDTH, FIRST_WIDTH = 20, 15
"""Characters of a last and a first name; a value of that length may be the beginning of a longer name."""
_PLACES = {name: place for place, name in enumerate(HEADER)}


def require_header(fields: Sequence[str]) -> None:
    """Raises HeaderChanged unless these are the 18 columns in their order; letter case and blanks do not count."""
    found = [ALSO.get(name, name) for name in (field.strip().upper() for field in fields)]
    if tuple(found) == HEADER:
        return
    missing = [name for name in HEADER if name not in found]
    unexpected = [name[:40] for name in found if name not in HEADER]
    raise HeaderChanged(
        missing=", ".join(missing) or "none", unexpected=", ".join(unexpected) or "none, but in another order"
    )


def read_row(fields: Sequence[str], *, line: int) -> RowRead:
    """The entry of a row, and what is wrong with it; no entry for a row that is short, long or without a name."""
    if len(fields) != len(HEADER):
        code = "row_too_short" if len(fields) < len(HEADER) else "row_too_long"
        return RowRead(entry=None, findings=(RowFinding(line=line, column="", code=code),))
    row = {name: fields[place].strip() for name, place in _PLACES.items()}
    if not (row["LASTNAME"] or row["FIRSTNAME"] or row["BUSNAME"]):
        return RowRead(entry=None, findings=(RowFinding(line=line, column="LASTNAME", code="name_missing"),))
    findings: list[RowFinding] = []
    return RowRead(entry=_entry(row, line, findings), findings=tuple(findings))


def _entry(row: dict[str, str], line: int, findings: list[RowFinding]) -> Entry:
    days = {name: _day(row, name, line, findings) for name in ("DOB", "EXCLDATE", "REINDATE", "WAIVERDATE")}
    is_person = bool(row["LASTNAME"] or row["FIRSTNAME"])
    if days["EXCLDATE"] is None:
        findings.append(RowFinding(line=line, column="EXCLDATE", code="date_missing"))
    if row["NPI"] and npi_of(row["NPI"]) is None and not is_filler(row["NPI"]):
        findings.append(RowFinding(line=line, column="NPI", code="npi_not_valid"))
    return Entry(
        line=line,
        kind=EntryKind.INDIVIDUAL if is_person else EntryKind.ENTITY,
        last=row["LASTNAME"],
        first=row["FIRSTNAME"],
        middle=row["MIDNAME"],
        business=row["BUSNAME"],
        npi=npi_of(row["NPI"]),
        npi_is_filler=is_filler(row["NPI"]),
        birth_date=days["DOB"],
        exclusion_type=row["EXCLTYPE"],
        excluded_on=days["EXCLDATE"],
        reinstated_on=days["REINDATE"],
        waived_on=days["WAIVERDATE"],
        waiver_state=row["WVRSTATE"] or None,
        state=row["STATE"],
        last_may_be_truncated=len(row["LASTNAME"]) >= LAST_WIDTH,
        first_may_be_truncated=len(row["FIRSTNAME"]) >= FIRST_WIDTH,
        fingerprint=fingerprint_of(tuple(row.values())),
    )


def fingerprint_of(values: Sequence[str]) -> str:
    """The same for the same values, whatever stands around the row."""
    return sha256("\x1f".join(values).encode()).hexdigest()[:32]


def _day(row: dict[str, str], column: str, line: int, findings: list[RowFinding]) -> date | None:
    try:
        return day_of(row[column])
    except ImpossibleDate:
        findings.append(RowFinding(line=line, column=column, code="date_impossible"))
        return None
