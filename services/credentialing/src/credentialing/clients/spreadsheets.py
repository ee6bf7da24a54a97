"""A table as spreadsheets write it (RFC 4180, and what is usual besides): its cells as text, nothing made of them."""

import csv
import io
import re
from collections.abc import Sequence
from typing import Final

from credentialing.domain.profile.errors import TableUnreadable

SEPARATORS: Final = (",", ";", "\t")
"""Excel writes semicolons where the comma stands for the decimal point."""

_TOLD = re.compile(r"sep=([,;\t])\r?\n?")
_WORKBOOKS = (b"PK\3\4", b"\xd0\xcf\x11\xe0")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def rows_of(content: bytes) -> Sequence[Sequence[str]]:
    """Every row, also empty ones, so that their numbers are the spreadsheet's. Raises TableUnreadable."""
    text = _text_of(content)
    told = _TOLD.match(text)
    text = text[told.end() :] if told else text
    separator = told[1] if told else _separator(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        return [tuple(row) for row in reader]
    except csv.Error:
        raise TableUnreadable(fault=f"line {reader.line_num} has a quotation mark that is not closed") from None


def _text_of(content: bytes) -> str:
    if content.startswith(_WORKBOOKS):
        raise TableUnreadable(fault="it is a workbook, not a CSV file")
    if content.startswith(_UTF_16):
        raise TableUnreadable(fault="its letters are written as UTF-16, not as UTF-8")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise TableUnreadable(fault="its letters are not written as UTF-8") from None
    if not text.strip():
        raise TableUnreadable(fault="it is empty")
    if "\0" in text:
        raise TableUnreadable(fault="it is no text")
    return text


def _separator(text: str) -> str:
    """What parts the columns of the first line."""
    first = re.split(r"[\r\n]", text.lstrip("\r\n"), maxsplit=1)[0]
    return max(SEPARATORS, key=first.count)
