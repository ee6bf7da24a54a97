"""Clinicians, facilities and clients: all faults of an entry at once, and the entry as it is published."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from assignments.domain.terms_checks import finding, is_time_zone, missing, named
from shared.contracts.assignments import Address, ClientChanged, ClinicianChanged, FacilityChanged
from shared.contracts.terms import Discipline, Weekday
from shared.errors import Finding, Invalid

STATES = frozenset(
    """
    AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR
    PA RI SC SD TN TX UT VT VA WA WV WI WY DC PR VI GU AS MP
    """.split()
)
"""The states, the District of Columbia and the territories, by their postal codes."""

EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
ZIP = re.compile(r"[0-9]{5}")
NPI = re.compile(r"[12][0-9]{9}")
CALENDAR = re.compile(r"[a-z][a-z0-9_]*")
NPI_ISSUER = "80840"

E = TypeVar("E", ClientChanged, FacilityChanged, ClinicianChanged)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed(Generic[E]):
    """An entry of the directory as it was last published; `version` counts the changes, each of which is one event."""

    entry: E
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressDraft:
    """A postal address as written."""

    street: str | None = None
    city: str | None = None
    state: str | None = None
    zip: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClinicianDraft:
    """A clinician's entry as written."""

    source: str | None = None
    source_reference: str | None = None
    name: str | None = None
    email: str | None = None
    phone: str | None = None
    home: AddressDraft | None = None
    discipline: str | None = None
    specialties: tuple[str, ...] = ()
    npi: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FacilityDraft:
    """A facility's entry as written."""

    source: str | None = None
    source_reference: str | None = None
    client_id: str | None = None
    client_reference: str | None = None
    name: str | None = None
    address: AddressDraft | None = None
    time_zone: str | None = None
    units: tuple[str, ...] = ()
    workweek_starts: str | None = None
    holiday_calendar: str | None = None
    orientation_days: int | None = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientDraft:
    """A client's entry as written."""

    source: str | None = None
    source_reference: str | None = None
    name: str | None = None


IDENTITY = ("source", "source_reference", "name")


def enter(known: Listed[E] | None, entry: E) -> Listed[E]:
    """The listing after an entry came in: the known one itself when the entry says nothing new."""
    if known is None:
        return Listed(entry=entry)
    return known if known.entry == entry else replace(known, entry=entry)


ERASED = "erased"
"""The source, and the name, of a clinician of whom nothing is kept but the id."""


def forgotten(listed: Listed[ClinicianChanged]) -> Listed[ClinicianChanged]:
    """The listing with nothing left that says who it was; assignments go on naming its id."""
    entry = replace(
        listed.entry,
        source=ERASED,
        source_reference=listed.entry.clinician_id,
        name=ERASED,
        email="",
        phone="",
        home=Address(street="", city="", state="", zip=""),
        specialties=(),
        npi=None,
    )
    return replace(listed, entry=entry)


def clinician_of(draft: ClinicianDraft, *, clinician_id: str) -> ClinicianChanged:
    """The entry to publish. Raises Invalid with every fault."""
    _refuse_if(clinician_findings(draft))
    assert draft.source and draft.source_reference and draft.name and draft.email and draft.phone
    return ClinicianChanged(
        clinician_id=clinician_id,
        source=draft.source,
        source_reference=draft.source_reference,
        name=draft.name,
        email=draft.email,
        phone=draft.phone,
        home=_address_of(draft.home),
        discipline=Discipline(draft.discipline or ""),
        specialties=draft.specialties,
        npi=draft.npi,
    )


def facility_of(draft: FacilityDraft, *, facility_id: str, client: ClientChanged | None) -> FacilityChanged:
    """The entry to publish; `client` is the one it names, if it exists. Raises Invalid with every fault."""
    _refuse_if(facility_findings(draft, client=client))
    assert draft.source and draft.source_reference and draft.name and draft.time_zone and client
    assert draft.holiday_calendar and draft.orientation_days is not None
    return FacilityChanged(
        facility_id=facility_id,
        client_id=client.client_id,
        source=draft.source,
        source_reference=draft.source_reference,
        name=draft.name,
        address=_address_of(draft.address),
        time_zone=draft.time_zone,
        units=draft.units,
        workweek_starts=Weekday(draft.workweek_starts or ""),
        holiday_calendar=draft.holiday_calendar,
        orientation_days=draft.orientation_days,
    )


def client_of(draft: ClientDraft, *, client_id: str) -> ClientChanged:
    """The entry to publish. Raises Invalid with every fault."""
    _refuse_if(client_findings(draft))
    assert draft.source and draft.source_reference and draft.name
    return ClientChanged(
        client_id=client_id, source=draft.source, source_reference=draft.source_reference, name=draft.name
    )


def clinician_findings(draft: ClinicianDraft) -> tuple[Finding, ...]:
    """Every fault of a clinician's entry, in the order of the request."""
    return (
        *missing(draft, (*IDENTITY, "email", "phone", "home", "discipline")),
        *_contact(draft),
        *_address(draft.home, under="/home"),
        *_names(draft.specialties, under="/specialties"),
    )


def facility_findings(draft: FacilityDraft, *, client: ClientChanged | None) -> tuple[Finding, ...]:
    """Every fault of a facility's entry, in the order of the request."""
    required = ("address", "time_zone", "workweek_starts", "holiday_calendar", "orientation_days")
    return (
        *missing(draft, IDENTITY),
        *named(draft, "client", is_known=client is not None),
        *missing(draft, required),
        *_facility(draft),
        *_address(draft.address, under="/address"),
        *_units(draft.units),
    )


def client_findings(draft: ClientDraft) -> tuple[Finding, ...]:
    """Every fault of a client's entry."""
    return tuple(missing(draft, IDENTITY))


def is_npi(number: str) -> bool:
    """Whether a National Provider Identifier is well formed: ten digits whose last is the check digit.

    Source: 45 CFR 162.406; Luhn over the card issuer prefix 80840 and the number (ISO/IEC 7812).
    """
    if not NPI.fullmatch(number):
        return False
    digits = [int(digit) for digit in reversed(NPI_ISSUER + number)]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


def _contact(draft: ClinicianDraft) -> Iterator[Finding]:
    if draft.email and not EMAIL.fullmatch(draft.email):
        yield finding("/email", "not_an_email", message="Give one address such as name@example.org.")
    if draft.discipline and draft.discipline not in set(Discipline):
        yield finding("/discipline", "unknown_value", message=f"Give one of {', '.join(Discipline)}.")
    if draft.npi is not None and not is_npi(draft.npi):
        yield finding("/npi", "not_an_npi", message="The NPI has ten digits; one of them is wrong.")


def _facility(draft: FacilityDraft) -> Iterator[Finding]:
    if draft.time_zone and not is_time_zone(draft.time_zone):
        yield finding("/time_zone", "unknown_time_zone", message="Give an IANA time zone such as America/Chicago.")
    if draft.workweek_starts and draft.workweek_starts not in set(Weekday):
        yield finding("/workweek_starts", "unknown_value", message=f"Give one of {', '.join(Weekday)}.")
    if draft.holiday_calendar and not CALENDAR.fullmatch(draft.holiday_calendar):
        message = "Name a calendar in lower case, such as us_federal."
        yield finding("/holiday_calendar", "not_a_calendar", message=message)
    if draft.orientation_days is not None and draft.orientation_days < 0:
        yield finding("/orientation_days", "out_of_range", message="Give zero or more days.")


def _units(units: tuple[str, ...]) -> Iterator[Finding]:
    if not units:
        yield finding("/units", "required", message="A facility has at least one unit.")
    yield from _names(units, under="/units")


def _names(names: tuple[str, ...], *, under: str) -> Iterator[Finding]:
    seen: set[str] = set()
    for place, name in enumerate(names):
        if not name.strip():
            yield finding(f"{under}/{place}", "required", message="This must be given.")
        elif name.strip().casefold() in seen:
            yield finding(f"{under}/{place}", "named_twice", message="Name each once.")
        seen.add(name.strip().casefold())


def _address(address: AddressDraft | None, *, under: str) -> Iterator[Finding]:
    if address is None:
        return
    yield from missing(address, ("street", "city", "state", "zip"), under=under)
    if address.state and address.state not in STATES:
        yield finding(f"{under}/state", "unknown_state", message="Give the two letters of a state or territory.")
    if address.zip and not ZIP.fullmatch(address.zip):
        yield finding(f"{under}/zip", "not_a_zip", message="Give the five digits of a ZIP code.")


def _address_of(draft: AddressDraft | None) -> Address:
    assert draft and draft.street and draft.city and draft.state and draft.zip, "checked before"
    return Address(street=draft.street, city=draft.city, state=draft.state, zip=draft.zip)


def _refuse_if(findings: tuple[Finding, ...]) -> None:
    if findings:
        raise Invalid(findings=findings)
