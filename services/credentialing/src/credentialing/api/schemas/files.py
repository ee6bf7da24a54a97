"""Bodies of credentialing's requests and answers."""

from datetime import date, datetime
from typing import Annotated, Any, Self

from pydantic import ConfigDict, Field

from credentialing.domain.file import File
from credentialing.domain.item import Item, ItemStatus, WaitsFor
from credentialing.domain.requirement import Confirmer, Owner, Partition, Party, Waivable
from credentialing.domain.standing import standing, told_in_part
from credentialing.domain.validity import Lack
from shared.contracts.assignments import State
from shared.http.bodies import RequestBody, ResponseBody, Text
from shared.http.standings import STANDING, StandingOut

_ITEM: dict[str, Any] = {
    "code": "BLS",
    "name": "Basic life support",
    "status": "missing",
    "is_met": False,
    "waits_for": "clinician",
    "owner": "clinician",
    "partition": "personnel",
    "due_on": "2026-01-19",
    "lack": "not_presented",
    "reasons": [],
    "basis": None,
    "credential_id": None,
    "renewal_id": None,
    "valid_through": None,
    "first_uncovered": None,
    "blocks_shifts_from": None,
    "is_trailing": False,
    "waivable": "facility",
    "confirmed_by": "source",
    "satisfied_by": [],
    "rules": ["agency-bls"],
    "conflicts": [],
    "client_reason": None,
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
    """One requirement of a file and how far it is.

    `waits_for` makes the next move. `blocks_shifts_from` is the first work date that is blocked unless something
    changes. Of the confidential parts (health, background, I-9) somebody without that right sees `partition` and
    `is_met` alone, and all else is null.
    """

    partition: Partition
    is_met: bool
    code: str | None = None
    name: str | None = None
    status: ItemStatus | None = None
    waits_for: WaitsFor | None = None
    owner: Owner | None = None
    due_on: date | None = None
    lack: Lack | None = None
    reasons: tuple[str, ...] = ()
    basis: str | None = None
    credential_id: str | None = None
    renewal_id: str | None = None
    valid_through: date | None = None
    first_uncovered: date | None = None
    blocks_shifts_from: date | None = None
    is_trailing: bool | None = None
    waivable: Waivable | None = None
    confirmed_by: Confirmer | None = None
    satisfied_by: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    client_reason: str | None = None

    @classmethod
    def of(cls, item: Item, *, shows_all: bool = True) -> Self:
        """The item as it is shown."""
        asked = item.requirement
        if not shows_all and asked.partition is not Partition.PERSONNEL:
            return cls(partition=asked.partition, is_met=item.is_met)
        return cls(
            partition=asked.partition,
            is_met=item.is_met,
            code=item.code,
            name=asked.name,
            status=item.status,
            waits_for=item.waits_for,
            owner=asked.owner,
            due_on=item.due_on,
            lack=item.lack,
            reasons=item.reasons,
            basis=item.basis,
            credential_id=item.credential_id,
            renewal_id=item.renewal_id,
            valid_through=item.valid_through,
            first_uncovered=item.first_uncovered,
            blocks_shifts_from=item.blocks_shifts_from,
            is_trailing=item.is_trailing,
            waivable=asked.waivable,
            confirmed_by=asked.confirmed_by,
            satisfied_by=asked.satisfied_by,
            rules=asked.rules,
            conflicts=asked.conflicts,
            client_reason=item.client_reason,
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
    def of(cls, file: File, now: datetime, *, shows_all: bool = True) -> Self:
        """The file as it stands now; `shows_all`: its confidential items, too."""
        whole = standing(file, now)
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
            items=tuple(ItemOut.of(item, shows_all=shows_all) for item in file.items),
            standing=StandingOut.model_validate(whole if shows_all else told_in_part(whole)),
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


class VerifyIn(RequestBody):
    """Who confirmed it: the issuer, its register, or a named record."""

    model_config = _example({"source": "Nursys QuickConfirm"})

    source: Text


class RejectIn(RequestBody):
    """Why it does not do; the clinician is told."""

    model_config = _example({"because": "The card names another person."})

    because: Text


class WaiveIn(RequestBody):
    """Which side lifts it, why, on what evidence, and through which day.

    `at_facility`: for every assignment of the clinician at the facility, also later ones; such a waiver has an end.
    """

    model_config = _example({"party": "facility", "reason": "Course is booked.", "through": "2026-02-20"})

    party: Party
    reason: Text
    through: date | None = None
    at_facility: bool = False
    document_id: Annotated[str, Field(pattern=r"^doc_[0-9a-z]{1,40}$")] | None = None
