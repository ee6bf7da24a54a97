"""One posting of an exclusion list, kept as it was: a full file that replaces everything before it."""

from dataclasses import dataclass
from datetime import date, datetime

from credentialing.domain.screening.entry import RowFinding
from credentialing.domain.screening.errors import ListFileFaulty, ListFileOutdated, ListFileTooSmall

LEAST_PERCENT = 80
"""Of the rows of the release before: fewer look like a file that was cut off."""
FAULTY_PER_MILLE = 10
FAULTY_AT_LEAST = 20
"""So many rows may be unreadable in any file; more only up to one in a hundred."""
FINDINGS_KEPT = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What changed against the release before, in rows: removed ones were reinstated or corrected."""

    added: int = 0
    removed: int = 0
    changed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A file as it was taken in.

    `period` is the month it was posted in. `rows` were read; `faulty` could not be, and stand in `findings` with the
    first of the lesser faults (an impossible date). `version` counts saved changes and is raised by storage alone.
    """

    release_id: str
    list_name: str
    posted_on: date
    sha256: str
    columns: tuple[str, ...]
    rows: int
    faulty: int
    findings: tuple[RowFinding, ...]
    loaded_by: str
    loaded_at: datetime
    previous_id: str | None = None
    difference: Difference = Difference()
    version: int = 0

    @property
    def period(self) -> str:
        """The month, as 2026-11."""
        return f"{self.posted_on:%Y-%m}"


def require_newer(posted_on: date, last: Release | None) -> None:
    """Raises ListFileOutdated for a file that was posted before the one in use."""
    if last is not None and posted_on < last.posted_on:
        raise ListFileOutdated(newest=last.posted_on)


def require_whole(rows: int, last: Release | None) -> None:
    """Raises ListFileTooSmall for a file with far fewer rows than the one in use, or none."""
    before = last.rows if last is not None else 1
    if rows * 100 < before * LEAST_PERCENT or rows == 0:
        raise ListFileTooSmall(rows=rows, before=before if last is not None else "none", percent=LEAST_PERCENT)


def require_readable(rows: int, *, faulty: int, findings: tuple[RowFinding, ...]) -> None:
    """Raises ListFileFaulty when so many rows cannot be read that people would not be screened against them."""
    if faulty > max(FAULTY_AT_LEAST, (rows + faulty) * FAULTY_PER_MILLE // 1000):
        raise ListFileFaulty(faulty=faulty, rows=rows + faulty, line=findings[0].line if findings else 0)
