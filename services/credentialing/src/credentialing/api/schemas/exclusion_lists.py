"""Bodies of the answers about exclusion lists and their releases."""

from datetime import date, datetime
from typing import Any, Self

from pydantic import ConfigDict

from credentialing.app.queries.screening import Change, ListStanding
from credentialing.domain.screening.entry import EntryKind
from credentialing.domain.screening.release import Release
from shared.http.bodies import ResponseBody

_FINDING = {"line": 4711, "column": "DOB", "code": "date_impossible"}
_RELEASE: dict[str, Any] = {
    "release_id": "rel_01m8095ps8e00axqcgn5qrg12p",
    "list_name": "leie",
    "period": "2026-01",
    "posted_on": "2026-01-05",
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "rows": 83001,
    "faulty": 0,
    "findings": [_FINDING],
    "loaded_by": "per_01m8095ps8e00rc1kcn27y03zk",
    "loaded_at": "2026-01-05T15:00:00Z",
    "previous_id": None,
    "added": 412,
    "removed": 198,
    "changed": 23,
}
_LIST = {
    "list_name": "leie",
    "title": "OIG List of Excluded Individuals/Entities",
    "code": "EXC-LEIE",
    "release": _RELEASE,
    "active": 1200,
    "screened": 1150,
    "due_on": "2026-01-10",
    "overdue": 0,
    "days_overdue": 0,
}
_CHANGE = {
    "number": 1,
    "change": "removed",
    "line": None,
    "previous_line": 5120,
    "kind": "individual",
    "last": "DELGADO",
    "first": "MARIA",
    "middle": "",
    "business": "",
    "exclusion_type": "1128b4",
    "excluded_on": "2021-06-20",
}
_UNSCREENED = {
    "file_id": "fil_01m8095ps8e00axqcgn5qrg12p",
    "assignment_id": "asg_01m8095ps8e00rc1kcn27y03zf",
    "clinician_id": "cln_01m8095ps8e00rc1kcn27y03zg",
    "facility_id": "fac_01m8095ps8e00rc1kcn27y03zh",
    "start_date": "2026-02-02",
}


def _shows(example: dict[str, Any]) -> ConfigDict:
    return ConfigDict(frozen=True, from_attributes=True, json_schema_extra={"examples": [example]})


class FindingOut(ResponseBody):
    """A row that could not be read, or a field of it; never the value."""

    line: int
    column: str
    code: str


class ReleaseOut(ResponseBody):
    """A release as it was taken in, and how it differs from the one before."""

    model_config = _shows(_RELEASE)

    release_id: str
    list_name: str
    period: str
    posted_on: date
    sha256: str
    rows: int
    faulty: int
    findings: tuple[FindingOut, ...]
    loaded_by: str
    loaded_at: datetime
    previous_id: str | None
    added: int
    removed: int
    changed: int

    @classmethod
    def of(cls, release: Release) -> Self:
        """The release as it is shown."""
        difference = release.difference
        return cls(
            release_id=release.release_id,
            list_name=release.list_name,
            period=release.period,
            posted_on=release.posted_on,
            sha256=release.sha256,
            rows=release.rows,
            faulty=release.faulty,
            findings=tuple(FindingOut.model_validate(one) for one in release.findings),
            loaded_by=release.loaded_by,
            loaded_at=release.loaded_at,
            previous_id=release.previous_id,
            added=difference.added,
            removed=difference.removed,
            changed=difference.changed,
        )


class ListOut(ResponseBody):
    """A list: its release in use, and how many of the active people were screened against it."""

    model_config = _shows(_LIST)

    list_name: str
    title: str
    code: str
    release: ReleaseOut
    active: int
    screened: int
    due_on: date
    overdue: int
    days_overdue: int

    @classmethod
    def of(cls, standing: ListStanding) -> Self:
        """The list as it is shown."""
        return cls(
            list_name=standing.kept.name,
            title=standing.kept.title,
            code=standing.kept.code,
            release=ReleaseOut.of(standing.release),
            active=standing.active,
            screened=standing.screened,
            due_on=standing.due_on,
            overdue=standing.overdue,
            days_overdue=standing.days_overdue,
        )


class Lists(ResponseBody):
    """Every list of which a release was taken in."""

    model_config = _shows({"items": [_LIST]})

    items: tuple[ListOut, ...]


class ChangeOut(ResponseBody):
    """A row that came, went or was changed; removed ones were reinstated or corrected."""

    model_config = _shows(_CHANGE)

    number: int
    change: str
    line: int | None
    previous_line: int | None
    kind: EntryKind
    last: str
    first: str
    middle: str
    business: str
    exclusion_type: str
    excluded_on: date | None

    @classmethod
    def of(cls, change: Change) -> Self:
        """The change as it is shown."""
        entry = change.entry
        return cls(
            number=change.number,
            change=change.change,
            line=change.line,
            previous_line=change.previous_line,
            kind=entry.kind,
            last=entry.last,
            first=entry.first,
            middle=entry.middle,
            business=entry.business,
            exclusion_type=entry.exclusion_type,
            excluded_on=entry.excluded_on,
        )


class UnscreenedOut(ResponseBody):
    """An open file whose person was not screened against the newest release."""

    model_config = _shows(_UNSCREENED)

    file_id: str
    assignment_id: str
    clinician_id: str
    facility_id: str
    start_date: date
