"""A table of credentials from another system: which columns it has, and every fault by row and column.

Cells are text. What a spreadsheet has made of a number or a date is refused, as nobody can tell what it was.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from credentialing.domain.authority.compact_table import ROWS, Model
from credentialing.domain.authority.licence import Licence, LicenceScope, kind_of
from credentialing.domain.held import Shown
from credentialing.domain.profile.importing import Brought, Word
from credentialing.domain.profile.profile import NOON
from credentialing.domain.requirement import PROFESSIONS, BoundTo
from credentialing.domain.rulebook.catalogue.whole import CATALOGUE
from shared.errors import Finding

COLUMNS: Final = (
    *("item", "number", "issuer", "state", "scope", "issued_on", "expires_on"),
    *("verified_by", "verified_on", "source"),
)
NEEDED: Final = ("item", "issued_on")
WORD: Final = ("verified_by", "verified_on", "source")
MOST_ROWS: Final = 500
LONGEST: Final[Mapping[str, int]] = {"item": 40, "number": 60}
LONGEST_TEXT: Final = 200
MULTISTATE_NURSES: Final = frozenset({"RN", "LPN"})
"""Whose licences the nurse compact makes good in many states (NLC article II)."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_STATE = re.compile(r"[A-Z]{2}")
_SHORTENED = re.compile(r"\d(?:[.,]\d+)?E\+\d+", re.IGNORECASE)
_AS_TEXT = re.compile(r'="(.*)"')
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")

Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Every credential in its order; or, where anything is wrong, all of that and none of them.

    Row numbers are the spreadsheet's: the header is row 1.
    """

    brought: tuple[Brought, ...] = ()
    findings: tuple[Finding, ...] = ()


def read_table(rows: Sequence[Sequence[str]]) -> Table:
    """What a table says; the first row names the columns, in any order, and empty rows are passed over."""
    header = [_plain(cell).casefold().replace(" ", "_") for cell in _cut(rows[0])] if rows else []
    if found := tuple(_header_faults(header)):
        return Table(findings=found)
    filled = [(number, _cut(row)) for number, row in enumerate(rows[1:], start=2) if _cut(row)]
    if len(filled) > MOST_ROWS:
        message = f"A table has {MOST_ROWS} rows at most. Send it in parts."
        return Table(findings=(Finding(pointer="/rows", code="too_many_rows", message=message),))
    if not filled:
        return Table(findings=(Finding(pointer="/rows", code="no_rows", message="There is no row below the header."),))
    findings = tuple(found for number, row in filled for found in _row_faults(number, row, header))
    if findings:
        return Table(findings=findings)
    return Table(brought=tuple(_brought(_cells(row, header)) for _, row in filled))


def _header_faults(header: Sequence[str]) -> Iterator[Finding]:
    known = ", ".join(COLUMNS)
    for place, name in enumerate(header):
        if name not in COLUMNS:
            message = f"Column {place + 1} is none of: {known}. Rename or remove it."
            yield Finding(pointer=f"/header/{place}", code="column_unknown", message=message)
        elif name in header[:place]:
            yield Finding(pointer=f"/header/{place}", code="column_twice", message=f"Column {name} is there twice.")
    for name in (name for name in NEEDED if name not in header):
        message = f"There is no column {name}. The first row names the columns: {known}."
        yield Finding(pointer="/header", code="column_missing", message=message)


def _row_faults(number: int, row: Sequence[str], header: Sequence[str]) -> Iterator[Finding]:
    if len(row) > len(header):
        yield _at(number, "", code="too_many_cells", message="has more cells than the header. Quote what holds commas.")
        return
    cells = _cells(row, header)
    for name, text in cells.items():
        if fault := _cell_fault(name, text):
            yield _at(number, name, code=fault[0], message=fault[1])
    for name, code, message in _missing(cells):
        yield _at(number, name, code=code, message=message)
    if unfit := _unfit(cells.get("scope", ""), cells.get("item", "")):
        yield _at(number, "scope", code=unfit[0], message=unfit[1])


def _cell_fault(name: str, text: str) -> tuple[str, str] | None:
    """What is wrong with a cell by itself, and what to do."""
    if _CONTROL.search(text) or len(text) > LONGEST.get(name, LONGEST_TEXT):
        return "text_refused", f"takes one line of at most {LONGEST.get(name, LONGEST_TEXT)} characters."
    if _SHORTENED.fullmatch(text):
        return "number_shortened", "was shortened by the spreadsheet. Format the column as text and enter it again."
    if name.endswith("_on") and text and _day(text) is None:
        return "not_a_day", "is no day. Write it as 2026-01-31; format the column as text."
    if name == "state" and text and not _STATE.fullmatch(text):
        return "not_a_state", "is no state. Write its two letters, such as CO."
    if name == "scope" and _scope(text) is None:
        return "not_a_scope", f"is none of: {', '.join(LicenceScope)}. Leave it empty for a licence of one state."
    return None


def _missing(cells: Cells) -> Iterator[tuple[str, str, str]]:
    """What is not there although the rest of the row asks for it, or there although it does not."""
    for name in (name for name in NEEDED if not cells.get(name)):
        yield name, "cell_missing", "is empty. Fill it in."
    given = [name for name in WORD if cells.get(name)]
    for name in WORD if given else ():
        if name not in given:
            yield name, "cell_missing", f"is empty. {', '.join(WORD)} go together: fill in all three, or none."
    entry = CATALOGUE.get(cells.get("item", ""))
    if entry is None:
        return  # the preview says of each row that its item is not known
    has_state = bool(cells.get("state"))
    is_of_state = entry.bound_to is BoundTo.STATE or entry.code in PROFESSIONS
    if is_of_state and not has_state:
        yield "state", "cell_missing", "is empty. Write the two letters of the state that issued it, or it is good for."
    if has_state and not is_of_state:
        yield "state", "state_not_asked", "is to be empty: this item is not bound to a state."
    if entry.bound_to is BoundTo.UNIT:
        yield "item", "not_in_tables", "is good for a unit, which a table cannot say. Send a profile instead."


def _unfit(text: str, item: str) -> tuple[str, str] | None:
    """Why a licence of this item cannot be good where it is said to be; a word that is no scope is told by itself."""
    if not text or item not in CATALOGUE:
        return None
    scope, profession = _scope(text), kind_of(PROFESSIONS.get(item))
    if not profession:
        return "scope_not_asked", "is to be empty: this item is no licence."
    if scope is LicenceScope.MULTISTATE and profession not in MULTISTATE_NURSES:
        return "scope_not_given", "does not fit: only licences of registered and practical nurses are multistate."
    if scope is LicenceScope.PRIVILEGE and not _is_bought(profession):
        return "scope_not_given", "does not fit: no compact gives privileges for this item."
    return None


def _is_bought(profession: str) -> bool:
    return any(row.model is Model.BOUGHT_PRIVILEGE for row in ROWS if profession in row.professions)


def _scope(text: str) -> LicenceScope | None:
    """Where a licence is good; None where the word is none of ours."""
    word = text.casefold().replace(" ", "_") or LicenceScope.SINGLE_STATE
    return next((scope for scope in LicenceScope if scope == word), None)


def _brought(cells: Cells) -> Brought:
    code, state = cells["item"], cells.get("state", "")
    licensed = PROFESSIONS.get(code)
    return Brought(
        code=code,
        subject=state,
        word=_word(cells),
        shown=Shown(
            issued_on=_known_day(cells["issued_on"]),
            expires_on=_day(cells.get("expires_on", "")),
            number=cells.get("number") or None,
            issuer=cells.get("issuer") or None,
            licence=Licence(state=state, type=licensed, scope=_known_scope(cells)) if licensed else None,
        ),
    )


def _word(cells: Cells) -> Word | None:
    if not cells.get("source"):
        return None
    at = datetime.combine(_known_day(cells["verified_on"]), NOON, tzinfo=UTC)
    return Word(source=cells["source"], by=cells["verified_by"], at=at)


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None
    return day if day and 1900 <= day.year < 2200 else None


def _known_day(text: str) -> date:
    day = _day(text)
    assert day
    return day


def _known_scope(cells: Cells) -> LicenceScope:
    scope = _scope(cells.get("scope", ""))
    assert scope
    return scope


def _cells(row: Sequence[str], header: Sequence[str]) -> Cells:
    return dict(zip(header, (*row, *[""] * len(header)), strict=False))


def _cut(row: Sequence[str]) -> Sequence[str]:
    """The row without blanks around its cells, and without the empty ones at its end."""
    plain = [_plain(cell) for cell in row]
    while plain and not plain[-1]:
        plain.pop()
    return plain


def _plain(cell: str) -> str:
    """The cell's text; `="0012"` is how spreadsheets are told to leave one as it is."""
    stripped = cell.strip()
    marked = _AS_TEXT.fullmatch(stripped)
    return marked[1].strip() if marked else stripped


def _at(number: int, column: str, *, code: str, message: str) -> Finding:
    where = f"Row {number}, column {column}" if column else f"Row {number}"
    return Finding(pointer=f"/rows/{number}/{column}".rstrip("/"), code=code, message=f"{where} {message}")
