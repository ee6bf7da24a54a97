from typing import Any

import pytest

from assignments.domain.directory import (
    AddressDraft,
    ClientDraft,
    ClinicianDraft,
    FacilityDraft,
    Listed,
    client_findings,
    client_of,
    clinician_findings,
    clinician_of,
    enter,
    facility_findings,
    facility_of,
    is_npi,
)
from services.assignments.tests.builders import (
    a_client,
    a_client_draft,
    a_clinician,
    a_clinician_draft,
    a_facility,
    a_facility_draft,
)
from shared.errors import Finding, Invalid


def brief(findings: tuple[Finding, ...]) -> list[str]:
    return [f"{one.pointer} {one.code}" for one in findings]


def test_entries_without_fault_are_published_as_written() -> None:
    assert clinician_of(a_clinician_draft(npi=None), clinician_id="cln_1") == a_clinician()
    assert facility_of(a_facility_draft(), facility_id="fac_1", client=a_client()) == a_facility()
    assert client_of(a_client_draft(), client_id="cli_1") == a_client()


def test_empty_entries_are_told_everything_that_is_missing() -> None:
    assert brief(clinician_findings(ClinicianDraft())) == [
        "/source required",
        "/source_reference required",
        "/name required",
        "/email required",
        "/phone required",
        "/home required",
        "/discipline required",
    ]
    assert brief(facility_findings(FacilityDraft(), client=None)) == [
        "/source required",
        "/source_reference required",
        "/name required",
        "/client_id required",
        "/address required",
        "/time_zone required",
        "/workweek_starts required",
        "/holiday_calendar required",
        "/units required",
    ]
    assert brief(client_findings(ClientDraft(name=" "))) == [
        "/source required",
        "/source_reference required",
        "/name required",
    ]


HOME = "/home"
CLINICIAN = [
    ("no at", {"email": "avery.example.org"}, "/email not_an_email"),
    ("two ats", {"email": "a@b@example.org"}, "/email not_an_email"),
    ("no top level", {"email": "avery@example"}, "/email not_an_email"),
    ("a space", {"email": "avery quill@example.org"}, "/email not_an_email"),
    ("wrong check digit", {"npi": "1234567890"}, "/npi not_an_npi"),
    ("empty NPI", {"npi": ""}, "/npi not_an_npi"),
    ("unknown discipline", {"discipline": "WIZARD"}, "/discipline unknown_value"),
    ("specialty twice", {"specialties": ("ICU", "icu ")}, "/specialties/1 named_twice"),
    (
        "no such state",
        {"home": AddressDraft(street="2 Elm St", city="X", state="XX", zip="43004")},
        f"{HOME}/state unknown_state",
    ),
    (
        "state in full",
        {"home": AddressDraft(street="2 Elm St", city="X", state="Ohio", zip="43004")},
        f"{HOME}/state unknown_state",
    ),
    (
        "nine digits",
        {"home": AddressDraft(street="2 Elm St", city="X", state="OH", zip="43004-1234")},
        f"{HOME}/zip not_a_zip",
    ),
    (
        "foreign digits",
        {"home": AddressDraft(street="2 Elm St", city="X", state="OH", zip="٤٣٠٠٤")},
        f"{HOME}/zip not_a_zip",
    ),
    ("no street", {"home": AddressDraft(city="X", state="PR", zip="00901")}, f"{HOME}/street required"),
]


@pytest.mark.parametrize(("name", "fault", "said"), CLINICIAN, ids=[row[0] for row in CLINICIAN])
def test_a_fault_of_a_clinician_is_found(name: str, fault: dict[str, Any], said: str) -> None:
    assert brief(clinician_findings(a_clinician_draft(**fault))) == [said], name


FACILITY = [
    ("no such zone", {"time_zone": "America/Nowhere"}, "/time_zone unknown_time_zone"),
    ("zone in lower case", {"time_zone": "america/chicago"}, "/time_zone unknown_time_zone"),
    ("no such day", {"workweek_starts": "Sunday"}, "/workweek_starts unknown_value"),
    ("a sentence for a calendar", {"holiday_calendar": "The usual six"}, "/holiday_calendar not_a_calendar"),
    ("no units", {"units": ()}, "/units required"),
    ("blank unit", {"units": ("ICU 4", " ")}, "/units/1 required"),
    ("unit twice", {"units": ("ICU 4", "ER", "icu 4")}, "/units/2 named_twice"),
    ("negative orientation", {"orientation_days": -1}, "/orientation_days out_of_range"),
    (
        "zip of four",
        {"address": AddressDraft(street="1 Main St", city="X", state="TX", zip="7870")},
        "/address/zip not_a_zip",
    ),
]


@pytest.mark.parametrize(("name", "fault", "said"), FACILITY, ids=[row[0] for row in FACILITY])
def test_a_fault_of_a_facility_is_found(name: str, fault: dict[str, Any], said: str) -> None:
    assert brief(facility_findings(a_facility_draft(**fault), client=a_client())) == [said], name


def test_a_facility_of_an_unknown_client_is_not_published() -> None:
    with pytest.raises(Invalid) as caught:
        facility_of(a_facility_draft(units=()), facility_id="fac_1", client=None)
    assert brief(caught.value.findings) == ["/client_id unknown_client", "/units required"]


@pytest.mark.parametrize(
    ("number", "well_formed"),
    [
        ("1234567893", True),  # the example of the CMS check-digit paper
        ("1245319599", True),
        ("1234567894", False),
        ("3234567899", False),
        ("123456789", False),
        ("12345678933", False),
        ("1234567893\n", False),
    ],
)
def test_an_npi_carries_its_check_digit(number: str, *, well_formed: bool) -> None:
    assert is_npi(number) is well_formed


def test_an_entry_that_says_nothing_new_leaves_the_listing_as_it_is() -> None:
    known = Listed(entry=a_client(), version=3)
    assert enter(None, a_client()) == Listed(entry=a_client(), version=0)
    assert enter(known, a_client()) is known
    assert enter(known, a_client(name="Pecan Health Group")).entry.name == "Pecan Health Group"
