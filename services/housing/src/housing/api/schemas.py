"""Bodies of housing's requests and answers."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Self

from pydantic import ConfigDict, Field, StringConstraints

from housing.domain.arrangement import OwnHousing, Release, Unit
from housing.domain.case import Case
from housing.domain.costs import weekly_costs
from housing.domain.standing import standing
from shared.contracts.assignments import State
from shared.contracts.housing import Bearer, TaxTreatment
from shared.contracts.terms import HousingMode
from shared.http.bodies import Amount, RequestBody, ResponseBody
from shared.http.masking import COMMERCIAL, CONTACT
from shared.http.standings import StandingOut

Reference = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]{1,39}$")]
Dollars = Annotated[Decimal, Field(max_digits=12, decimal_places=2)]

_UNIT: dict[str, Any] = {
    "reference": "unit-7",
    "name": "Harbor View 7",
    "rent_per_week": "420.00",
    "arrival": "2026-02-01",
    "departure": "2026-05-03",
    "booking_reference": None,
}
_TASK: dict[str, Any] = {
    "key": "choose_unit",
    "kind": "choose_unit",
    "due_at": "2026-01-19T06:00:00Z",
    "weight_minutes": 45,
    "skill": "housing_specialist",
    "partition": "personnel",
    "money_at_stake_cents": None,
    "playbook": "choose-unit",
    "actions": [{"name": "choose_unit", "method": "POST", "path": "/v1/cases/cas_…:choose-unit"}],
}
_STANDING: dict[str, Any] = {
    "status": "open",
    "done": 0,
    "total": 2,
    "expected_ready_on": "2026-01-14",
    "obstacles": [
        {
            "code": "unit_chosen_missing",
            "owner": "housing_specialist",
            "due": "2026-01-18",
            "task_key": "choose_unit",
        }
    ],
    "tasks": [_TASK],
}
_CASE: dict[str, Any] = {
    "case_id": "cas_01m8095ps8e00axqcgn5qrg12p",
    "assignment_id": "asg_01m8095ps8e00rc1kcn27y03zf",
    "clinician_id": "cln_01m8095ps8e00rc1kcn27y03zg",
    "facility_id": "fac_01m8095ps8e00rc1kcn27y03zh",
    "assignment_state": "onboarding",
    "terms_version": 1,
    "mode": "agency_unit",
    "start_date": "2026-02-02",
    "arrival": "2026-02-01",
    "departure": "2026-05-03",
    "nights": 91,
    "has_agreement": True,
    "own_housing": None,
    "unit": None,
    "releases": [
        {
            "number": 1,
            "unit": {**_UNIT, "booking_reference": "HV-100"},
            "reason": "unfit",
            "released_on": "2026-01-08",
            "at_stake": "5460.00",
            "owed": None,
        }
    ],
    "costs": [],
    "is_open": True,
    "ended_on": None,
    "checked_out_on": None,
    "standing": _STANDING,
}
_LINE = (
    "case_id",
    "assignment_id",
    "clinician_id",
    "facility_id",
    "assignment_state",
    "mode",
    "start_date",
    "is_open",
)


def _example(example: dict[str, Any]) -> ConfigDict:
    return ConfigDict(json_schema_extra={"examples": [example]})


class OwnHousingOut(ResponseBody):
    """The clinician's own place, and the nights it is confirmed for: from `arrival` to the morning of `departure`."""

    zip: Annotated[str | None, CONTACT]
    arrival: date
    departure: date
    confirmed_on: date

    @classmethod
    def of(cls, own: OwnHousing) -> Self:
        """The place as it is shown."""
        return cls(zip=own.zip, arrival=own.nights.start, departure=own.nights.end, confirmed_on=own.confirmed_on)


class UnitOut(ResponseBody):
    """A unit of the agency and the nights it is held for; money is committed once it has a booking reference."""

    reference: str
    name: str
    rent_per_week: Annotated[Decimal | None, COMMERCIAL]
    arrival: date
    departure: date
    booking_reference: str | None

    @classmethod
    def of(cls, unit: Unit) -> Self:
        """The unit as it is shown."""
        return cls(
            reference=unit.reference,
            name=unit.name,
            rent_per_week=unit.rent_per_week,
            arrival=unit.nights.start,
            departure=unit.nights.end,
            booking_reference=unit.booking.reference if unit.booking else None,
        )


class ReleaseOut(ResponseBody):
    """A unit given up: `at_stake` is the most it can still cost, `owed` what it does cost, null until checked."""

    number: int
    unit: UnitOut
    reason: str
    released_on: date
    at_stake: Annotated[Decimal | None, COMMERCIAL]
    owed: Annotated[Decimal | None, COMMERCIAL]

    @classmethod
    def of(cls, number: int, release: Release) -> Self:
        """The release as it is shown, by its number in the case."""
        return cls(
            number=number,
            unit=UnitOut.of(release.unit),
            reason=release.reason,
            released_on=release.released_on,
            at_stake=release.at_stake.dollars,
            owed=None if release.owed is None else release.owed.dollars,
        )


class CostOut(ResponseBody):
    """What one party bears a week, from a day through a day."""

    bearer: Bearer
    per_week: Annotated[Decimal | None, COMMERCIAL]
    from_date: date
    through_date: date
    tax_treatment: TaxTreatment


class CaseOut(ResponseBody):
    """A case, what is arranged in it, what that costs, and what can be done now."""

    model_config = _example(_CASE)

    case_id: str
    assignment_id: str
    clinician_id: str
    facility_id: str
    assignment_state: State
    terms_version: int
    mode: HousingMode
    start_date: date
    arrival: date
    departure: date
    nights: int
    has_agreement: bool
    own_housing: OwnHousingOut | None
    unit: UnitOut | None
    releases: tuple[ReleaseOut, ...]
    costs: tuple[CostOut, ...]
    is_open: bool
    ended_on: date | None
    checked_out_on: date | None
    standing: StandingOut

    @classmethod
    def of(cls, case: Case, now: datetime) -> Self:
        """The case as it stands now."""
        return cls(
            case_id=case.case_id,
            assignment_id=case.assignment_id,
            clinician_id=case.clinician_id,
            facility_id=case.facility_id,
            assignment_state=case.assignment_state,
            terms_version=case.terms.version,
            mode=case.mode,
            start_date=case.terms.start_date,
            arrival=case.stay.start,
            departure=case.stay.end,
            nights=case.stay.length_days,
            has_agreement=case.has_agreement,
            own_housing=OwnHousingOut.of(case.own_housing) if case.own_housing else None,
            unit=UnitOut.of(case.unit) if case.unit else None,
            releases=tuple(ReleaseOut.of(number, one) for number, one in enumerate(case.releases, start=1)),
            costs=tuple(CostOut.model_validate(cost) for cost in weekly_costs(case)),
            is_open=not case.is_closed,
            ended_on=case.ended_on,
            checked_out_on=case.checked_out_on,
            standing=StandingOut.model_validate(standing(case, now)),
        )


class CaseLine(ResponseBody):
    """A case in a list."""

    model_config = _example({name: _CASE[name] for name in _LINE})

    case_id: str
    assignment_id: str
    clinician_id: str
    facility_id: str
    assignment_state: State
    mode: HousingMode
    start_date: date
    is_open: bool


class AgreementIn(RequestBody):
    """Which version of the terms the clinician signed."""

    model_config = _example({"terms_version": 1})

    terms_version: Annotated[int, Field(ge=1, le=1_000_000)]


class OwnHousingIn(RequestBody):
    """Where the clinician lives during the stay, as its ZIP code; the address itself is not taken in."""

    model_config = _example({"zip": "80202"})

    zip: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=10)]


class UnitIn(RequestBody):
    """Which unit, by the agency's reference and the name people use, and its rent in dollars a week."""

    model_config = _example({"reference": "unit-7", "name": "Harbor View 7", "rent_per_week": "420.00"})

    reference: Reference
    name: Name
    rent_per_week: Amount


class BookIn(RequestBody):
    """The reference under which the landlord or hotel confirmed."""

    model_config = _example({"booking_reference": "HV-100"})

    booking_reference: Reference


class ReleaseIn(RequestBody):
    """Why the unit goes, as a stable code of small letters: `unfit`, `landlord_cancelled` …"""

    model_config = _example({"reason": "unfit"})

    reason: Code


class LiabilityIn(RequestBody):
    """What is owed in dollars; zero when nothing is."""

    model_config = _example({"owed": "840.00"})

    owed: Dollars


class CheckOutIn(RequestBody):
    """The day on which keys and condition were taken."""

    model_config = _example({"on": "2026-05-03"})

    on: date
