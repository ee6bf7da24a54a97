"""The people, places and clients of an invented agency, as copies of states."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from shared.contracts.assignments import Address, ClientChanged, ClinicianChanged, FacilityChanged
from shared.contracts.catalogue import state_topic_of
from shared.contracts.event import Event, encode
from shared.contracts.identity import PersonChanged
from shared.contracts.terms import Discipline, Weekday

FIRST_NAMES = (
    "Ines Tomas Marisol Anders Keiko Dalia Ruben Priya Owen Lucia Hamid Greta Jonah Amara Silas Noor Petra Elio Wren"
    " Ida Matteo Zora Calvin Saoirse Dmitri Leila Hugo Naomi Felix Yara"
).split()
LAST_NAMES = (
    "Calloway Okafor-Lind Brandt Ferrant Quillon Abernethy Sorrel Vantongeren Maddox Illescas Harrowgate Pell Noyce"
    " Tamblyn Oduya Wexford Larkspur Castellane Birdsall Ekwueme Rosendahl Thackeray Mirabel Stroud Vashti Kell Onslow"
    " Dunmore Fairbairn Zielke"
).split()
PLACES = (
    ("Redwater", "Bend", "OR", "97701", "America/Los_Angeles"),
    ("Prairie Lake", "Duluth", "MN", "55802", "America/Chicago"),
    ("Juniper Mesa", "Santa Fe", "NM", "87501", "America/Denver"),
    ("Harbor Point", "Portland", "ME", "04101", "America/New_York"),
    ("Saguaro Ridge", "Tucson", "AZ", "85701", "America/Phoenix"),
    ("Copper Falls", "Houghton", "MI", "49931", "America/Detroit"),
    ("Willow Bend", "Macon", "GA", "31201", "America/New_York"),
    ("Lone Butte", "Billings", "MT", "59101", "America/Denver"),
)
HOUSES = ("Medical Center", "Community Hospital", "Regional Hospital", "Children's Hospital", "Clinic")
UNITS = ("ICU", "ER", "MS", "TELE", "OR", "L&D")
ROLES = (
    "credentialing_specialist",
    "payroll_specialist",
    "housing_specialist",
    "timekeeping_specialist",
    "coordinator",
)
DISCIPLINES = (Discipline.RN,) * 6 + (Discipline.LPN, Discipline.RT, Discipline.PT, Discipline.SURG_TECH)


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """Whom and what the assignments name."""

    clinicians: Sequence[ClinicianChanged]
    facilities: Sequence[FacilityChanged]
    clients: Sequence[ClientChanged]
    people: Sequence[PersonChanged]

    def states(self) -> Iterator[tuple[str, str, int, str]]:
        """Rows of `replica`: topic, key, version, body."""
        keys = ("clinician_id", "facility_id", "client_id", "person_id")
        kinds: tuple[Sequence[Event], ...] = (self.clinicians, self.facilities, self.clients, self.people)
        for key, states in zip(keys, kinds, strict=True):
            for state in states:
                yield state_topic_of(type(state)).name, getattr(state, key), 1, encode(state).decode()


def directory(chance: Random, *, clinicians: int, facilities: int = 160, people: int = 60) -> Directory:
    """An agency of this size; a quarter as many clients as facilities."""
    clients = [_client(number) for number in range(max(facilities // 4, 1))]
    return Directory(
        clinicians=[_clinician(number, chance) for number in range(clinicians)],
        facilities=[_facility(number, chance, chance.choice(clients)) for number in range(facilities)],
        clients=clients,
        people=[_person(number, chance) for number in range(people)],
    )


def _name(chance: Random) -> str:
    return f"{chance.choice(FIRST_NAMES)} {chance.choice(LAST_NAMES)}"


def _clinician(number: int, chance: Random) -> ClinicianChanged:
    name, (_, city, state, zip_code, _) = _name(chance), chance.choice(PLACES)
    return ClinicianChanged(
        clinician_id=f"cln_{number:026d}",
        source="northline_ats",
        source_reference=f"C-{number}",
        name=name,
        email=f"{name.lower().replace(' ', '.')}.{number}@example.com",
        phone=f"+1-505-555-{number % 10_000:04}",
        home=Address(street=f"{1 + number % 900} Juniper Lane", city=city, state=state, zip=zip_code),
        discipline=chance.choice(DISCIPLINES),
        specialties=(chance.choice(UNITS),),
    )


def _facility(number: int, chance: Random, client: ClientChanged) -> FacilityChanged:
    place, city, state, zip_code, zone = PLACES[number % len(PLACES)]
    return FacilityChanged(
        facility_id=f"fac_{number:026d}",
        client_id=client.client_id,
        source="northline_ats",
        source_reference=f"F-{number}",
        name=f"{place} {HOUSES[number // len(PLACES) % len(HOUSES)]} {number // 40 + 1}",
        address=Address(street=f"{1 + number} Mill Street", city=city, state=state, zip=zip_code),
        time_zone=zone,
        units=tuple(chance.sample(UNITS, 3)),
        workweek_starts=Weekday.SUN,
        holiday_calendar="us_federal",
        orientation_days=1,
    )


def _client(number: int) -> ClientChanged:
    place = PLACES[number % len(PLACES)][0]
    return ClientChanged(
        client_id=f"cli_{number:026d}",
        source="northline_ats",
        source_reference=f"K-{number}",
        name=f"{place} Health Partners {number // len(PLACES) + 1}",
    )


def _person(number: int, chance: Random) -> PersonChanged:
    name = _name(chance)
    return PersonChanged(
        person_id=f"per_{number:026d}",
        name=name,
        email=f"{name.lower().replace(' ', '.')}.{number}@example.com",
        roles=("lead",) if number == 0 else (ROLES[number % len(ROLES)],),
        is_active=True,
        time_zone="America/Chicago",
    )
