"""Records of a comma-separated file: one a line, in quotes or not, damaged ones reported and skipped.

A file of a public source is not to be trusted: it may be cut off, hold bytes of another encoding, blank lines, or a
quote that is never closed. No such row may take the following ones with it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

LONGEST_RECORD = 64 * 1024
"""Bytes; a longer record is a fault."""
MOST_LINES = 20
"""Lines of one record, whose quoted fields may hold line breaks."""
_BOM = b"\xef\xbb\xbf"
_FIELD = re.compile(r'[ \t]*(?:"((?:[^"]|"")*)"[ \t]*|([^",]*))(?:,|$)')


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One record and the line it begins on, from 1; `fields` is None where it cannot be read, and `fault` says why."""

    line: int
    fields: tuple[str, ...] | None
    fault: str | None = None


def records(lines: Iterable[bytes]) -> Iterator[Record]:
    """The records of a file given line by line; blank lines are left out."""
    waiting: list[bytes] = []
    begun_at = 0
    for number, raw in enumerate(lines, 1):
        line = raw.removeprefix(_BOM) if number == 1 else raw
        if not waiting and not line.strip():
            continue
        begun_at = begun_at if waiting else number
        waiting.append(line)
        if sum(part.count(b'"') for part in waiting) % 2 == 0:
            yield _record(begun_at, b"".join(waiting))
            waiting = []
        elif len(waiting) >= MOST_LINES or sum(map(len, waiting)) > LONGEST_RECORD:
            yield from _salvaged(begun_at, waiting)
            waiting = []
    if waiting:
        yield from _salvaged(begun_at, waiting)


def split(text: str) -> tuple[str, ...] | None:
    """The fields of one record, without their quotes and the blanks around them; None where quotes do not fit."""
    if text.startswith('"') and text.endswith('"'):  # the way of most lists: every field in quotes
        fields = text[1:-1].split('","')
        if text.count('"') == 2 * len(fields):
            return tuple(field.strip() for field in fields)
    return _split_slowly(text)


def text_of(raw: bytes) -> str:
    """The line as text: UTF-8 where it is that, and Latin-1 otherwise, which older systems write."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _split_slowly(text: str) -> tuple[str, ...] | None:
    fields: list[str] = []
    place = 0
    while True:
        found = _FIELD.match(text, place)
        if found is None:
            return None
        quoted, plain = found.groups()
        fields.append((quoted.replace('""', '"') if quoted is not None else plain).strip())
        place = found.end()
        if place >= len(text) and not found[0].endswith(","):
            return tuple(fields)


def _record(line: int, raw: bytes) -> Record:
    if len(raw) > LONGEST_RECORD:
        return Record(line=line, fields=None, fault="record_too_long")
    text = text_of(raw.rstrip(b"\r\n"))
    fields = None if "\0" in text else split(text)
    return Record(line=line, fields=fields, fault=None if fields is not None else "quotes_damaged")


def _salvaged(begun_at: int, waiting: list[bytes]) -> Iterator[Record]:
    """A quote was opened and never closed: that line is lost, and each line after it stands for itself."""
    yield Record(line=begun_at, fields=None, fault="quote_not_closed")
    for offset, line in enumerate(waiting[1:], 1):
        if line.strip():
            yield _record(begun_at + offset, line)
