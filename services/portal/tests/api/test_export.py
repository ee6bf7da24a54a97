"""Files of lists: what a spreadsheet reads in them, and what it must never run."""

import csv
import io
import xml.etree.ElementTree as ElementTree
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from portal.api.pages.export import LONGEST, TRUNCATED, table_response
from shared.money import Money

COLUMNS = ("Text", "Whole", "Money", "Day", "Instant", "Flag")
ROW = ("ICU", 12, Money(331_200), date(2026, 1, 5), datetime(2026, 1, 5, 15, 30, tzinfo=UTC), True)
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


async def content(response):
    return b"".join([chunk if isinstance(chunk, bytes) else chunk.encode() async for chunk in response.body_iterator])


async def csv_rows(rows, columns=COLUMNS):
    body = await content(table_response("csv", "starts", columns=columns, rows=rows))
    assert body.startswith(b"\xef\xbb\xbf")
    return body, list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline="")))


async def sheet_of(rows, columns=COLUMNS):
    body = await content(table_response("xlsx", "starts", columns=columns, rows=rows))
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        return ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml")), ElementTree.fromstring(
            book.read("xl/styles.xml")
        )


async def test_a_csv_has_heads_plain_values_and_line_ends_as_the_standard_says():
    body, rows = await csv_rows([ROW, (None,) * 6, ('a "quoted", thing', -3, Money(-50), None, None, False)])
    assert rows == [
        list(COLUMNS),
        ["ICU", "12", "3312.00", "2026-01-05", "2026-01-05T15:30:00Z", "yes"],
        [""] * 6,
        ['a "quoted", thing', "-3", "-0.50", "", "", "no"],
    ]
    assert body.count(b"\r\n") == 4


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＠"])
async def test_no_text_in_a_csv_begins_a_formula(begin):
    _, rows = await csv_rows([(f"{begin}HYPERLINK(1)",)], columns=("Name",))
    assert rows[1] == [f"'{begin}HYPERLINK(1)"]


async def test_an_xlsx_has_texts_as_texts_and_no_formula():
    sheet, _ = await sheet_of([("=1+1",), ("@SUM(A1)",), ("https://bad.example",)], columns=("Name",))
    assert [cell.get("t") for cell in sheet.iter(f"{SHEET}c")] == ["inlineStr"] * 4
    assert not list(sheet.iter(f"{SHEET}f"))
    assert not list(sheet.iter(f"{SHEET}hyperlink"))


async def test_an_xlsx_has_real_numbers_and_days_a_head_that_stays_and_a_filter():
    sheet, styles = await sheet_of([ROW])
    cells = {cell.get("r"): cell for cell in sheet.iter(f"{SHEET}c")}
    values = {place: cell.findtext(f"{SHEET}v") for place, cell in cells.items()}
    assert Decimal(values["B2"]) == 12
    assert Decimal(values["C2"]) == Decimal("3312.00")
    assert values["D2"] == "46027"  # days since 30 December 1899
    assert Decimal(values["E2"]).quantize(Decimal("0.0001")) == Decimal("46027.6458")  # 15:30 of that day
    formats = {each.get("numFmtId"): each.get("formatCode") for each in styles.iter(f"{SHEET}numFmt")}
    used = [each.get("numFmtId") for each in styles.find(f"{SHEET}cellXfs")]
    assert formats[used[int(cells["D2"].get("s"))]] == "yyyy-mm-dd"
    assert sheet.find(f"{SHEET}autoFilter").get("ref") == "A1:F2"
    assert next(sheet.iter(f"{SHEET}pane")).get("state") == "frozen"


async def test_a_file_of_no_rows_has_its_heads():
    _, rows = await csv_rows([])
    assert rows == [list(COLUMNS)]
    sheet, _ = await sheet_of([])
    assert len(list(sheet.iter(f"{SHEET}row"))) == 1


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
async def test_a_file_that_was_cut_says_so_in_its_last_row_and_in_a_header(kind):
    rows = [(str(number),) for number in range(LONGEST + 1)]
    response = table_response(kind, "starts", columns=("Number",), rows=rows)
    assert response.headers["X-Truncated"] == "true"
    body = await content(response)
    if kind == "csv":
        found = [row[0] for row in csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""))]
    else:
        with zipfile.ZipFile(io.BytesIO(body)) as book:
            sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
        found = [cell.findtext(f"{SHEET}is/{SHEET}t", "") for cell in sheet.iter(f"{SHEET}c")]
    assert found[0] == "Number"
    assert found[-2:] == [str(LONGEST - 1), TRUNCATED]
    assert len(found) == LONGEST + 2


def test_a_file_has_a_name_and_is_kept_by_nobody():
    headers = table_response("csv", "starts", columns=("A",), rows=[("1",)]).headers
    assert headers["Content-Disposition"] == 'attachment; filename="starts.csv"'
    assert headers["Content-Type"] == "text/csv; charset=utf-8"
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Truncated"] == "false"
