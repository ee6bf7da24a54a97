"""A new posting of an exclusion list is taken in, whole or not at all."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from pathlib import Path

from credentialing.domain.screening.entry import Entry, RowFinding
from credentialing.domain.screening.errors import ListFileTooSmall
from credentialing.domain.screening.lists import ExclusionList, list_named
from credentialing.domain.screening.release import (
    FINDINGS_KEPT,
    LEAST_PERCENT,
    Release,
    require_newer,
    require_readable,
    require_whole,
)
from credentialing.domain.screening.rows import LONGEST_RECORD, Record, records
from credentialing.storage import screening_releases, screening_rows
from shared.db.work import Work

READ_AT_ONCE = 500
"""Rows between which others have their turn."""
WRITTEN_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadRelease:
    """A file of the list that was posted on that day: where it lies for now, and the hash of its bytes."""

    list_name: str
    posted_on: date
    path: Path
    sha256: str


async def load_release(work: Work, command: LoadRelease) -> Release:
    """The release made of the file; of the same file again, the release that is there.

    Raises ListUnknown, HeaderChanged, ListFileTooSmall, ListFileFaulty and ListFileOutdated; nothing is then kept.
    """
    kept = list_named(command.list_name)
    await screening_releases.hold_list(work.session, kept.name)
    known = await screening_releases.with_hash(work.session, kept.name, sha256=command.sha256)
    if known is not None:
        return known
    last = await screening_releases.newest(work.session, kept.name)
    require_newer(command.posted_on, last)
    release_id = work.new_id("rel")
    with command.path.open("rb") as file:
        lines = iter(lambda: file.readline(LONGEST_RECORD + 1), b"")  # one without an end is not read whole
        intake = _Intake(kept, records(lines))
        await screening_rows.write(work.session, release_id, parts=intake.parts())
    require_readable(intake.rows, faulty=intake.faulty, findings=intake.findings)
    require_whole(intake.rows, last)
    release = Release(
        release_id=release_id,
        list_name=kept.name,
        posted_on=command.posted_on,
        sha256=command.sha256,
        columns=intake.columns,
        rows=intake.rows,
        faulty=intake.faulty,
        findings=intake.findings,
        loaded_by=work.principal.subject,
        loaded_at=work.now,
        previous_id=last.release_id if last else None,
    )
    difference = await screening_releases.compare(work.session, release_id, previous_id=release.previous_id)
    return await screening_releases.save(work.session, replace(release, difference=difference))


class _Intake:
    """Reads a file part by part and remembers what was wrong with it."""

    def __init__(self, kept: ExclusionList, found: Iterator[Record]) -> None:
        header = next(found, None)
        if header is None:
            raise ListFileTooSmall(rows=0, before="any", percent=LEAST_PERCENT)
        self.columns = header.fields or ()
        self._read_row = kept.reader(self.columns)
        self._records = found
        self._lesser: list[RowFinding] = []
        self._faults: list[RowFinding] = []
        self.rows = 0
        self.faulty = 0

    @property
    def findings(self) -> tuple[RowFinding, ...]:
        """What is wrong, unreadable rows first, at most some hundred."""
        return (*self._faults, *self._lesser)[:FINDINGS_KEPT]

    async def parts(self) -> AsyncIterator[Sequence[Entry]]:
        """The rows that could be read, some thousand at a time."""
        part: list[Entry] = []
        while some := list(islice(self._records, READ_AT_ONCE)):
            part += self._read(some)
            await asyncio.sleep(0)
            if len(part) >= WRITTEN_AT_ONCE:
                yield part
                part = []
        yield part

    def _read(self, some: Sequence[Record]) -> list[Entry]:
        found = []
        for record in some:
            if record.fields is None:
                self._note_fault(RowFinding(line=record.line, column="", code=record.fault or ""))
                continue
            read = self._read_row(record.fields, line=record.line)
            if read.entry is None:
                self._note_fault(read.findings[0])
                continue
            self.rows += 1
            if len(self._lesser) < FINDINGS_KEPT:
                self._lesser += read.findings
            found.append(read.entry)
        return found

    def _note_fault(self, finding: RowFinding) -> None:
        self.faulty += 1
        if len(self._faults) < FINDINGS_KEPT:
            self._faults.append(finding)
