"""Two assignments that share nothing: of another clinician, facility, client and source each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from decimal import Decimal
from typing import Any

from shared.contracts.assignments import (
    Address,
    AssignmentEnded,
    ClientChanged,
    ClinicianChanged,
    FacilityChanged,
    OfferAccepted,
    State,
)
from shared.contracts.catalogue import CATALOGUE
from shared.contracts.event import Event
from shared.contracts.terms import Discipline, HousingMode, PayPackage, ShiftPattern, Terms, Weekday
from shared.testing.house import House

Row = Mapping[str, object]


@dataclass(frozen=True, kw_only=True)
class Thing:
    """What one caller owns: the ids it goes by, and the columns of what stands under each first part of a path.

    A path is reached when one of its rows is.
    """

    names: Mapping[str, str]
    rows: Mapping[str, Sequence[Row]]


@dataclass(frozen=True, kw_only=True)
class World:
    """Own things, those of others, and names of nothing."""

    own: Thing
    foreign: Thing
    unknown: Thing
    missing: frozenset[str] = frozenset()
    """First parts of paths under which this world has nothing."""
    of_nobody: frozenset[str] = frozenset()
    """Names in paths of what the agency has as a whole, such as its rules: who has the role may be told of them."""

    def foreign_ids(self) -> frozenset[str]:
        """The ids that must not reach anybody bounded to their own."""
        names = (name for name in self.foreign.names if name.endswith("_id") and name not in self.of_nobody)
        return frozenset(self.foreign.names[name] for name in names)


def an_id(prefix: str, mark: str) -> str:
    """An id of the usual form that can be told at sight: `own`, `foreign` or `unknown`."""
    return f"{prefix}_{mark:0>26}"


def names_of(mark: str) -> dict[str, str]:
    """The ids of one assignment, and of all that belongs to it."""
    kinds = {"assignment_id": "asg", "clinician_id": "cln", "facility_id": "fac", "client_id": "cli"}
    return {name: an_id(prefix, mark) for name, prefix in kinds.items()} | {"source": mark, "source_reference": "R-1"}


def columns(names: Mapping[str, str], *, is_open: bool) -> dict[str, object]:
    """The columns by which a department finds its part of an assignment."""
    return {name: names[name] for name in ("assignment_id", "clinician_id", "facility_id")} | {"is_open": is_open}


async def say_both(house: House, own: Mapping[str, str], foreign: Mapping[str, str]) -> None:
    """A department hears of both assignments; the foreign one fell off, so that no queue holds it."""
    for names in (own, foreign):
        await house.say(client(names), facility(names), clinician(names), offer(names))
    ended = AssignmentEnded(
        assignment_id=foreign["assignment_id"], terms_version=1, ended_on=date(2026, 1, 5), state=State.FELL_OFF
    )
    await house.say(ended)


async def park(house: House, event: Event) -> None:
    """Leaves this event waiting, the first that does: those before it of its stream are missing."""
    topic = next(topic for topic in CATALOGUE if type(event) in topic.events)
    house.versions[topic.name, str(getattr(event, topic.key))] += 1
    await house.say_anyhow(event)
    assert await house.parked()


def client(names: Mapping[str, str]) -> ClientChanged:
    """Who is billed."""
    known = {name: names[name] for name in ("client_id", "source", "source_reference")}
    return ClientChanged(**known, name=f"Health of {names['source']}")


def facility(names: Mapping[str, str]) -> FacilityChanged:
    """A hospital in Minnesota."""
    known: dict[str, Any] = {name: names[name] for name in ("facility_id", "client_id", "source", "source_reference")}
    return FacilityChanged(
        **known,
        name=f"Hospital of {names['source']}",
        address=Address(street="1 Lake Road", city="Duluth", state="MN", zip="55802"),
        time_zone="America/Chicago",
        units=("ICU", "MS"),
        workweek_starts=Weekday.SUN,
        holiday_calendar="us",
    )


def clinician(names: Mapping[str, str]) -> ClinicianChanged:
    """A nurse."""
    known = {name: names[name] for name in ("clinician_id", "source", "source_reference")}
    return ClinicianChanged(
        **known,
        name=f"Nurse of {names['source']}",
        email=f"{names['source']}@example.org",
        phone="555-0100",
        home=Address(street="1 Elm St", city="Tucson", state="AZ", zip="85701"),
        discipline=Discipline.RN,
        specialties=("ICU",),
    )


def offer(names: Mapping[str, str]) -> OfferAccepted:
    """Thirteen weeks of nights in a unit of the agency."""
    ids = ("assignment_id", "clinician_id", "client_id", "source", "source_reference")
    known: dict[str, Any] = {name: names[name] for name in ids}
    return OfferAccepted(**known, terms=terms(names))


def terms(names: Mapping[str, str], **changes: Any) -> Terms:
    """The terms of that offer."""
    agreed = Terms(
        version=1,
        facility_id=names["facility_id"],
        unit="ICU",
        discipline=Discipline.RN,
        specialty="ICU",
        start_date=date(2026, 3, 2),
        end_date=date(2026, 5, 31),
        shift_pattern=ShiftPattern(shifts_per_week=3, starts_at=time(19), ends_at=time(7, 30)),
        guaranteed_hours_per_week=Decimal(36),
        pay_package=PayPackage(
            hourly_rates={"REG": Decimal("34.00"), "OT": Decimal("51.00")},
            meals_per_week=Decimal("300.00"),
            tax_home_declared=True,
        ),
        bill_rates={"REG": Decimal("92.00")},
        housing_mode=HousingMode.AGENCY_UNIT,
    )
    return replace(agreed, **changes)
