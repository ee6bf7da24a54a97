"""The groups `npi`, `dea`, `compact_nlc` and `compact_other` of the test vectors, and shapes the file does not have."""

import json
from pathlib import Path
from typing import Any

import pytest

from credentialing.vectors.authority import answer_nlc, answer_other
from credentialing.vectors.identifiers import answer_dea, answer_npi

VECTORS = Path(__file__).parents[5] / "tests" / "vectors" / "credentialing_vectors.json"
ANSWERS = {"npi": answer_npi, "dea": answer_dea, "compact_nlc": answer_nlc, "compact_other": answer_other}
COUNTS = {"npi": 6, "dea": 4, "compact_nlc": 12, "compact_other": 2}

TX = {"state": "TX", "type": "RN", "scope": "multistate", "status": "active", "expires": "2027-12-31"}
CO = {**TX, "state": "CO"}
TEXAS = [{"state": "TX", "from": "2015-01-01"}]
TO_COLORADO = [{"state": "TX", "from": "2015-01-01", "to": "2026-02-28"}, {"state": "CO", "from": "2026-03-01"}]
WINTER = {"from": "2026-11-30", "to": "2027-02-27"}
GOOD = {"decision": "authorized", "basis": "multistate_privilege"}


@pytest.mark.parametrize("group", ANSWERS)
def test_every_case_of_the_file_is_answered_as_expected(group: str) -> None:
    cases = [one for one in json.loads(VECTORS.read_text(encoding="utf-8"))["cases"] if one["group"] == group]
    assert len(cases) == COUNTS[group]
    assert [ANSWERS[group](case) for case in cases] == [case["expected"] for case in cases]


def asked(**more: Any) -> dict[str, Any]:
    nurse = {"profession": "RN", "licenses": [TX], "primary_residence": TEXAS, "work_state": "CO", **WINTER}
    return {"input": {**nurse, **more}}


def no(*reasons: str, **more: str) -> dict[str, Any]:
    return {"decision": "not_authorized", "basis": None, "reasons": list(reasons), **more}


@pytest.mark.parametrize(
    ("case", "given", "expected"),
    [
        ("at home", asked(work_state="TX"), GOOD),
        (
            "expires inside",
            asked(licenses=[{**TX, "expires": "2027-01-15"}]),
            {**GOOD, "authorized_until": "2027-01-15"},
        ),
        ("expired", asked(licenses=[{**TX, "status": "Expired", "expires": "2026-10-31"}]), no("license_expired")),
        ("no expiry told", asked(licenses=[{**TX, "expires": None}]), GOOD),
        ("encumbered by a flag", asked(licenses=[{**TX, "encumbered": True}]), no("license_encumbered")),
        (
            "encumbered for a time",
            asked(licenses=[{**TX, "discipline": [{"effective": "2027-01-10", "ended": None}]}]),
            {**GOOD, "authorized_until": "2027-01-09"},
        ),
        (
            "privilege action ends inside",
            asked(
                licenses=[{**TX, "ptp_actions": [{"state": "CO", "effective": "2026-08-01", "ended": "2026-12-31"}]}]
            ),
            no("not_authorized_on_start", first_authorized_date="2027-01-01"),
        ),
        (
            "privilege action without an end",
            asked(licenses=[{**TX, "ptp_actions": [{"state": "CO", "date": "2026-08-01"}]}]),
            no("privilege_action"),
        ),
        ("patient in a party state", asked(work_state="TX", patient_state="CO", nurse_location="CA"), GOOD),
        (
            "patients in two states",
            asked(work_state="TX", patient_states=["CO", "CA", "NY"]),
            no("patient_state_not_authorized:CA", "patient_state_not_authorized:NY"),
        ),
        (
            "no residence",
            asked(primary_residence=[]),
            {"decision": "review", "basis": None, "reasons": ["psor_unknown"]},
        ),
        ("residence as a word", asked(primary_residence="TX"), GOOD),
        (
            "a driving licence of another state",
            asked(driver_license_state="NC"),
            {"decision": "review", "basis": None, "reasons": ["psor_evidence_conflict:NC"]},
        ),
        (
            "moved, day 61",
            asked(primary_residence=TO_COLORADO, work_state="AZ", **{"from": "2026-05-01", "to": "2026-05-01"}),
            {"decision": "review", "basis": None, "reasons": ["psor_change_overdue:2026-04-30"]},
        ),
        (
            "moved and applied",
            asked(
                primary_residence=TO_COLORADO, work_state="AZ", applications=[{"state": "CO", "filed": "2026-04-15"}]
            ),
            GOOD,
        ),
        (
            "moved and applied, told beside the residences",
            asked(primary_residence=TO_COLORADO, work_state="AZ", applied_on="2026-04-15"),
            GOOD,
        ),
        (
            "moved and applied too late",
            asked(primary_residence=TO_COLORADO, work_state="AZ", application={"state": "CO", "date": "2026-05-01"}),
            {"decision": "review", "basis": None, "reasons": ["psor_change_overdue:2026-04-30"]},
        ),
        (
            "moved and applied, no day told",
            asked(primary_residence=[TO_COLORADO[0], {**TO_COLORADO[1], "applied": True}], work_state="AZ"),
            GOOD,
        ),
        (
            "moved, application pending",
            asked(primary_residence=TO_COLORADO, work_state="AZ", licenses=[TX, {**CO, "status": "pending"}]),
            {**GOOD, "basis_license_state": "TX"},
        ),
        ("one day", {"input": {**asked()["input"], "to": None}}, GOOD),
        ("compact written otherwise", asked(licenses=[{**TX, "scope": "Multi-State"}]), GOOD),
        ("nothing held", asked(licenses=[]), no("no_license")),
    ],
)
def test_a_nurse_case_of_another_shape_is_answered(case: str, given: dict[str, Any], expected: dict[str, Any]) -> None:
    assert answer_nlc(given) == expected, case


def compact(name: str, **more: Any) -> dict[str, Any]:
    home = {"state": "AZ", "status": "active"}
    return {
        "input": {
            "compact": name,
            "member": ["AZ", "CO"],
            "home_license": home,
            "privileges": [],
            "work_state": "CO",
            "date": "2026-11-30",
            **more,
        }
    }


def refused(*reasons: str) -> dict[str, Any]:
    return {"decision": "not_authorized", "reasons": list(reasons)}


@pytest.mark.parametrize(
    ("case", "given", "expected"),
    [
        ("privilege by its state", compact("PT", privileges=["CO"]), {"decision": "authorized"}),
        (
            "privilege expired",
            compact("PT", privileges=[{"state": "CO", "status": "active", "expires": "2026-11-29"}]),
            refused("privilege_expired"),
        ),
        (
            "discipline on a day",
            compact("PT", privileges=["CO"], discipline=[{"date": "2025-06-01"}]),
            refused("discipline_within_2_years"),
        ),
        (
            "discipline told by its day alone",
            compact("PT", privileges=["CO"], home_license={"state": "AZ", "discipline": "2025-06-01"}),
            refused("discipline_within_2_years"),
        ),
        (
            "one discipline",
            compact("PT", privileges=["CO"], discipline={"date": "2025-06-01"}),
            refused("discipline_within_2_years"),
        ),
        (
            "day of discipline beside the licence",
            compact("PT", privileges=["CO"], discipline_date="2025-06-01"),
            refused("discipline_within_2_years"),
        ),
        (
            "last discipline long ago",
            compact("PT", privileges=["CO"], last_discipline="2020-06-01"),
            {"decision": "authorized"},
        ),
        ("encumbered by a flag", compact("PT", privileges=["CO"], encumbered=True), refused("home_license_encumbered")),
        ("OT", compact("OT"), refused("compact_not_issuing")),
        ("ASLP by its other name", compact("ASLP-IC"), refused("compact_not_issuing")),
        ("APRN", compact("APRN"), refused("compact_not_in_force")),
        ("physician with the licence", compact("IMLC", licenses=["WI", "CO"]), {"decision": "authorized"}),
        ("EMS alone", compact("EMS"), refused("agency_affiliation_required", "medical_director_required")),
        (
            "EMS in a crew",
            compact("REPLICA", agency_affiliation=True, medical_director="Dr. Bell"),
            {"decision": "authorized"},
        ),
        (
            "EMS in a crew told together",
            compact("EMS", affiliation={"agency": "Mesa Rescue", "medical_director": None}),
            refused("medical_director_required"),
        ),
        (
            "a compact nobody knows",
            compact("DANCE"),
            {"decision": "review", "reasons": ["compact_unknown:DANCE"]},
        ),
    ],
)
def test_a_case_of_another_compact_is_answered(case: str, given: dict[str, Any], expected: dict[str, Any]) -> None:
    assert answer_other(given) == expected, case


@pytest.mark.parametrize("given", [{}, {"licenses": None, "primary_residence": None}, {"compact": None}])
def test_a_case_with_next_to_nothing_is_answered(given: dict[str, Any]) -> None:
    assert answer_nlc({"input": given})["decision"] == "not_authorized"
    assert answer_other({"input": given})["decision"] == "not_authorized"
    assert answer_npi({"input": given}) == {"valid": False}
    assert answer_dea({"input": given}) == {"checksum_valid": False, "name_initial": None}


def test_an_npi_written_as_a_number_is_read_as_its_digits() -> None:
    assert answer_npi({"input": {"npi": 1234567893}}) == {"valid": True}
