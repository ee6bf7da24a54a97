"""Any list as a file: CSV that no spreadsheet takes for formulas, or XLSX with real dates and numbers.

A list route declares `format: Exported = None` and, where it is given, answers with

    return await exported(door, format, look=lambda work: queries.board_table(work, wanted))

The look reads at most `EVERY_ROW` (a page for `fetch_page`): one row more than a file holds, so that the file can say
that it was cut. Cells are plain values; what the person is not shown comes as None, as on the page.
"""

import csv
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Annotated, Any, Literal

import xlsxwriter  # type: ignore[import-untyped]
from fastapi import Query
from starlette.responses import Response, StreamingResponse

from shared.db.work import Work
from shared.http.commands import LookingDoor
from shared.http.pages import PageRequest
from shared.money import Money

LONGEST = 10_000
"""Rows of one file."""
EVERY_ROW = PageRequest(limit=LONGEST + 1, after=None, list_hash="")
"""What `fetch_page` takes for a file."""
TRUNCATED = f"Only the first {LONGEST:,} rows are here. Narrow the list with a filter to get the rest."

Format = Literal["csv", "xlsx"]
Exported = Annotated[Format | None, Query(description="The list as a file, instead of a page.")]
"""The type of a list route's parameter `format`."""

Cell = str | int | bool | Decimal | Money | date | datetime | None
Row = Sequence[Cell]

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # spreadsheets read the wide ones, too
_SAMPLE = 200  # rows that say how wide a column is
_AT_ONCE = 500  # rows of CSV sent together


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A list as a file: `name` without ending, a title for each column, and rows of as many cells."""

    name: str
    columns: Sequence[str]
    rows: Sequence[Row]


async def exported(door: LookingDoor, format: Format, *, look: Callable[[Work], Awaitable[Table]]) -> Response:
    """The file of what `look` found; that it was taken is noted in the audit, without what was searched for."""

    async def noted(work: Work) -> Table:
        table = await look(work)
        rows = min(len(table.rows), LONGEST)
        work.audit("tables.export", object_id=table.name, details={"format": format, "rows": rows})
        return table

    table = await door.read(noted)
    return table_response(format, table.name, columns=table.columns, rows=table.rows)


def table_response(format: Format, name: str, *, columns: Sequence[str], rows: Sequence[Row]) -> Response:
    """The file `name.csv` or `name.xlsx`; it is written in a thread, not in the loop that serves everybody.

    Of more rows than `LONGEST` the rest is left out: the last row says so, and so does the header X-Truncated.
    """
    is_cut = len(rows) > LONGEST
    shown = rows[:LONGEST]
    headers = {
        "Content-Disposition": f'attachment; filename="{name}.{format}"',
        "Cache-Control": "no-store",
        "X-Truncated": "true" if is_cut else "false",
    }
    if format == "csv":
        body, media_type = _csv(columns, shown, is_cut), "text/csv; charset=utf-8"
    else:
        body, media_type = _xlsx(columns, shown, is_cut), _XLSX
    return StreamingResponse(body, headers=headers, media_type=media_type)


def _csv(columns: Sequence[str], rows: Sequence[Row], is_cut: bool) -> Iterator[bytes]:
    """RFC 4180 in UTF-8; the mark at its beginning tells spreadsheets so."""
    page = StringIO()
    page.write("\ufeff")
    writer = csv.writer(page, lineterminator="\r\n")
    writer.writerow(columns)
    for begin in range(0, len(rows), _AT_ONCE):
        writer.writerows([_written(cell) for cell in row] for row in rows[begin : begin + _AT_ONCE])
        yield _taken(page)
    if is_cut:
        writer.writerow([TRUNCATED])
    yield _taken(page)


def _taken(page: StringIO) -> bytes:
    text = page.getvalue()
    page.seek(0)
    page.truncate()
    return text.encode()


def _written(cell: Cell) -> str:
    """A cell of CSV. A text that a spreadsheet would run begins with an apostrophe; numbers of ours never do."""
    match cell:
        case None:
            return ""
        case bool():
            return "yes" if cell else "no"
        case datetime():
            return cell.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        case date():
            return cell.isoformat()
        case str():
            return f"'{cell}" if cell.startswith(_FORMULA) else cell
    return str(cell)


def _xlsx(columns: Sequence[str], rows: Sequence[Row], is_cut: bool) -> Iterator[bytes]:
    """One sheet whose head stays and filters. Instants are in UTC: a spreadsheet knows no zones."""
    file = BytesIO()
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "remove_timezone": True, "strings_to_formulas": False})
    sheet, formats = book.add_worksheet(), _formats(book)
    for number, title in enumerate(columns):
        sheet.set_column(number, number, _width(title, rows[:_SAMPLE], number))
        sheet.write_string(0, number, title, formats["head"])
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(rows), len(columns) - 1)
    for line, row in enumerate(rows, start=1):
        for number, cell in enumerate(row):
            _write(sheet, (line, number), cell, formats)
    if is_cut:
        sheet.write_string(len(rows) + 1, 0, TRUNCATED, formats["head"])
    book.close()
    yield file.getvalue()


def _formats(book: Any) -> dict[str, Any]:
    return {
        "head": book.add_format({"bold": True}),
        "day": book.add_format({"num_format": "yyyy-mm-dd"}),
        "instant": book.add_format({"num_format": 'yyyy-mm-dd hh:mm" UTC"'}),
        "money": book.add_format({"num_format": '"$"#,##0.00'}),
    }


def _write(sheet: Any, place: tuple[int, int], cell: Cell, formats: dict[str, Any]) -> None:
    match cell:
        case None:
            return
        case str():
            sheet.write_string(*place, cell)  # never as a formula or a link, whatever it begins with
        case bool():
            sheet.write_string(*place, _written(cell))
        case datetime():
            sheet.write_datetime(*place, cell.astimezone(UTC), formats["instant"])
        case date():
            sheet.write_datetime(*place, cell, formats["day"])
        case Money():
            sheet.write_number(*place, cell.dollars, formats["money"])
        case _:
            sheet.write_number(*place, cell)


def _width(title: str, sample: Sequence[Row], number: int) -> int:
    longest = max([len(title), *(len(_written(row[number])) for row in sample)])
    return min(max(longest + 2, 8), 60)
