"""What people read of exclusion lists, screenings and cases; nothing here changes anything."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from credentialing.domain.screening.case import ExclusionCase
from credentialing.domain.screening.entry import Entry
from credentialing.domain.screening.lists import GRACE_DAYS, ExclusionList, list_named
from credentialing.domain.screening.matching import Person
from credentialing.domain.screening.monitoring import last_day, monitored
from credentialing.domain.screening.names import PersonName
from credentialing.domain.screening.record import Screening
from credentialing.domain.screening.release import Release
from credentialing.domain.sources.question import Screened
from credentialing.storage import files, screening_cases, screening_people, screening_records
from credentialing.storage import screening_releases as releases
from credentialing.storage import screening_rows as rows
from credentialing.storage.screening_people import KeptName, People
from shared.contracts.assignments import ClinicianChanged
from shared.db.work import Work
from shared.errors import NotFound
from shared.http.pages import Found, PageRequest, fetch_page
from shared.vault.errors import PrivateValuesErased

SCREENINGS_SHOWN = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ListStanding:
    """A list with its release in use, how many active people were screened against it, and until when all must be.

    `overdue` counts those who should have been by now; `days_overdue` says since when.
    """

    kept: ExclusionList
    release: Release
    active: int
    screened: int
    due_on: date
    overdue: int
    days_overdue: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A row that came, went or was changed: as it is now, or as it was before it went."""

    number: int
    change: str
    line: int | None
    previous_line: int | None
    entry: Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """A case with the row as it stands on the list, and the names that were compared."""

    case: ExclusionCase
    entry: Entry | None
    names: Sequence[PersonName]


async def lists(work: Work) -> Sequence[ListStanding]:
    """How far each list is, by name; a list of which no release was taken in is not among them."""
    return [await _standing(work, release) for release in await releases.newest_of_each(work.session)]


async def releases_page(work: Work, list_name: str, *, paging: PageRequest) -> Found[Any]:
    """One page of a list's releases, by the day they were posted. Raises ListUnknown, CursorDamaged."""
    listed = releases.listed(list_named(list_name).name)
    return await fetch_page(work.session, listed, by=releases.BY_POSTING, paging=paging)


async def release_by_id(work: Work, list_name: str, *, release_id: str) -> Release:
    """One release. Raises ListUnknown, NotFound."""
    release = await releases.to_read(work.session, release_id)
    if release.list_name != list_named(list_name).name:
        raise NotFound(what="release", id=release_id)
    return release


async def changes_page(work: Work, list_name: str, *, release_id: str, paging: PageRequest) -> Found[Change]:
    """One page of what a release changed against the one before. Raises ListUnknown, NotFound, CursorDamaged."""
    release = await release_by_id(work, list_name, release_id=release_id)
    found = await fetch_page(work.session, releases.changes(release_id), by=releases.BY_NUMBER, paging=paging)
    now = await rows.at_lines(work.session, release_id, lines=[row.line for row in found.rows if row.line])
    gone = [row.previous_line for row in found.rows if row.line is None]
    before = await rows.at_lines(work.session, release.previous_id or "", lines=gone)
    changes = [
        Change(
            number=row.number,
            change=row.change,
            line=row.line,
            previous_line=row.previous_line,
            entry=now[row.line] if row.line else before[row.previous_line],
        )
        for row in found.rows
    ]
    return Found(rows=changes, next_cursor=found.next_cursor)


async def unscreened_page(work: Work, list_name: str, *, paging: PageRequest) -> Found[Any]:
    """One page of open files whose person was not screened against the newest release, by start date.

    None while there is no release. Raises ListUnknown and CursorDamaged.
    """
    release = await releases.newest(work.session, list_named(list_name).name)
    if release is None:
        return Found(rows=(), next_cursor=None)
    unscreened = screening_records.unscreened(release)
    return await fetch_page(work.session, unscreened, by=screening_records.BY_START, paging=paging)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFilter:
    """Which cases; None asks nothing."""

    clinician_id: str | None = None
    assignment_id: str | None = None
    list_name: str | None = None
    is_open: bool | None = None


async def cases_page(work: Work, wanted: CaseFilter, *, paging: PageRequest) -> Found[Any]:
    """One page of exclusion cases, the oldest first. Raises CursorDamaged."""
    listed = screening_cases.listed(
        clinician_id=wanted.clinician_id,
        assignment_id=wanted.assignment_id,
        list_name=wanted.list_name,
        is_open=wanted.is_open,
    )
    return await fetch_page(work.session, listed, by=screening_cases.BY_ID, paging=paging)


async def case_file(work: Work, people: People, *, case_id: str) -> CaseFile:
    """One case with what was compared. Raises NotFound, PrivateValuesErased and VaultUnavailable."""
    case = await screening_cases.to_read(work.session, case_id)
    found = await rows.at_lines(work.session, case.release_id, lines=[case.hit.line])
    return CaseFile(
        case=case,
        entry=found.get(case.hit.line),
        names=await people.identity(work, case.clinician_id, fingerprint=case.person_fingerprint),
    )


async def screenings_of(work: Work, clinician_id: str) -> Sequence[Screening]:
    """A clinician's last 200 screenings, the latest first. Raises NotFound."""
    await _require_reached(work, clinician_id)
    return await screening_records.of_clinician(work.session, clinician_id, limit=SCREENINGS_SHOWN)


async def other_names_of(work: Work, clinician_id: str) -> Sequence[KeptName]:
    """That other names of a clinician are kept, without the names. Raises NotFound."""
    await _require_reached(work, clinician_id)
    return await screening_people.kept_names(work.session, clinician_id)


async def whom_to_search(work: Work, people: People, *, clinician_id: str) -> Screened | None:
    """Whom a list's source is asked for, with all that is compared; None until the directory knows them.

    Of somebody who was erased there is no name to search for. Raises VaultUnavailable.
    """
    known = await work.known(ClinicianChanged, clinician_id)
    if known is None:
        return None
    try:
        person = await people.person(work, known)
    except PrivateValuesErased:
        person = Person(names=())
    return Screened(person=person, lists_in_use=frozenset(await releases.lists_in_use(work.session)))


async def _require_reached(work: Work, clinician_id: str) -> None:
    if not await files.reaches_clinician(work, clinician_id):
        raise NotFound(what="clinician", id=clinician_id)


async def _standing(work: Work, release: Release) -> ListStanding:
    counted = await screening_records.progress(work.session, release)
    left = counted.active - counted.screened
    found = monitored(
        posted_on=release.posted_on,
        is_screened=left == 0,
        is_active=counted.active > 0,
        today=work.now.date(),
        grace_days=GRACE_DAYS,
    )
    return ListStanding(
        kept=list_named(release.list_name),
        release=release,
        active=counted.active,
        screened=counted.screened,
        due_on=last_day(release.posted_on, GRACE_DAYS),
        overdue=left if found.days_overdue else 0,
        days_overdue=found.days_overdue,
    )
