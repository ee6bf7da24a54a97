"""Bodies of credentialing's requests and answers."""

from datetime import date, datetime
from typing import Annotated, Any, Self

from pydantic import ConfigDict, Field

from credentialing.domain.file import File
from credentialing.domain.item import Item, ItemStatus
from credentialing.domain.requirement import Owner, Partition, Party, Waivable
from credentialing.domain.standing import standing
from credentialing.domain.validity import Lack
from shared.contracts.assignments import State
from shared.http.bodies import RequestBody, ResponseBody, Text
from shared.http.standings import STANDING, StandingOut

_ITEM: dict[str, Any] = {
    "code": "BLS",
    "name": "Basic life support",
    "status": "missing",
    "owner": "clinician",
    "partition": "personnel",
    "due_on": "2026-01-19",
    "lack": "not_presented",
    "credential_id": None,
    "valid_through": None,
    "waivable": "facility",
    "rules": ["agency-bls"],
}
_FILE: dict[str, Any] = {
    "file_id": "fil_01m8095ps8e00axqcgn5qrg12p",
    "assignment_id": "asg_01m8095ps8e00rc1kcn27y03zf",
    "clinician_id": "cln_01m8095ps8e00rc1kcn27y03zg",
    "facility_id": "fac_01m8095ps8e00rc1kcn27y03zh",
    "assignment_state": "accepted",
    "terms_version": 1,
    "start_date": "2026-02-02",
    "end_date": "2026-05-02",
    "cleared_through": None,
    "is_open": True,
    "items": [_ITEM],
    "standing": STANDING,
}
_LINE = ("file_id", "assignment_id", "clinician_id", "facility_id", "assignment_state", "start_date", "is_open")


def _example(example: dict[str, Any]) -> ConfigDict:
    return ConfigDict(json_schema_extra={"examples": [example]})


class ItemOut(ResponseBody):
    """One requirement of a file and how far it is."""

    code: str
    name: str
    status: ItemStatus
    owner: Owner
    partition: Partition
    due_on: date
    lack: Lack | None
    credential_id: str | None
    valid_through: date | None
    waivable: Waivable
    rules: tuple[str, ...]

    @classmethod
    def of(cls, item: Item) -> Self:
        """The item as it is shown."""
        asked = item.requirement
        return cls(
            code=item.code,
            name=asked.name,
            status=item.status,
            owner=asked.owner,
            partition=asked.partition,
            due_on=item.due_on,
            lack=item.lack,
            credential_id=item.credential_id,
            valid_through=item.valid_through,
            waivable=asked.waivable,
            rules=asked.rules,
        )


class FileOut(ResponseBody):
    """A file with all its items, and what can be done now. `cleared_through` is the last day of the clearance."""

    model_config = _example(_FILE)

    file_id: str
    assignment_id: str
    clinician_id: str
    facility_id: str
    assignment_state: State
    terms_version: int
    start_date: date
    end_date: date
    cleared_through: date | None
    is_open: bool
    items: tuple[ItemOut, ...]
    standing: StandingOut

    @classmethod
    def of(cls, file: File, now: datetime) -> Self:
        """The file as it stands now."""
        return cls(
            file_id=file.file_id,
            assignment_id=file.assignment_id,
            clinician_id=file.clinician_id,
            facility_id=file.facility_id,
            assignment_state=file.assignment_state,
            terms_version=file.terms.version,
            start_date=file.terms.start_date,
            end_date=file.terms.end_date,
            cleared_through=file.granted.valid_through if file.granted else None,
            is_open=file.is_open,
            items=tuple(ItemOut.of(item) for item in file.items),
            standing=StandingOut.model_validate(standing(file, now)),
        )


class FileLine(ResponseBody):
    """A file in a list."""

    model_config = _example({name: _FILE[name] for name in _LINE})

    file_id: str
    assignment_id: str
    clinician_id: str
    facility_id: str
    assignment_state: State
    start_date: date
    is_open: bool


class ReceiveIn(RequestBody):
    """What was shown: the day it was issued (or tested, searched, given), its number and printed last day if any."""

    model_config = _example({"issued_on": "2025-06-01", "expires_on": "2027-05-31", "number": "12345"})

    issued_on: date
    expires_on: date | None = None
    number: Annotated[str, Field(min_length=1, max_length=60)] | None = None


class VerifyIn(RequestBody):
    """Who confirmed it: the issuer, its register, or a named record."""

    model_config = _example({"source": "Nursys QuickConfirm"})

    source: Text


class RejectIn(RequestBody):
    """Why it does not do; the clinician is told."""

    model_config = _example({"because": "The card names another person."})

    because: Text


class WaiveIn(RequestBody):
    """Which side lifts it, why, and through which day."""

    model_config = _example({"party": "facility", "reason": "Course is booked.", "through": "2026-02-20"})

    party: Party
    reason: Text
    through: date | None = None
