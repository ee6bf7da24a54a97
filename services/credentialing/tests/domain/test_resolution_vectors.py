"""The group `requirement_resolution` of the test vectors, and postings that the file does not have.

Source: the merge conventions of the file; exemptions reach only what agency or facilities alone ask.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from credentialing.vectors.resolution import answer_case

VECTORS = Path(__file__).parents[4] / "tests" / "vectors" / "credentialing_vectors.json"
DOCUMENT = json.loads(VECTORS.read_text(encoding="utf-8"))
AT_NORTH = {"work_mode": "on_site", "site": None, "state": "CO", "facility": "NORTH"}


def test_every_case_of_the_file_is_answered_as_expected() -> None:
    cases = [one for one in DOCUMENT["cases"] if one["group"] == "requirement_resolution"]
    assert len(cases) == 4
    assert [answer_case({**case, "fixtures": DOCUMENT["fixtures"]}) for case in cases] == [
        case["expected"] for case in cases
    ]


def of_fixtures(**context: Any) -> dict[str, Any]:
    asked = {"rules": "fixtures.resolution_rules", "context": {**AT_NORTH, **context}}
    return answer_case({"input": asked, "fixtures": DOCUMENT["fixtures"]})


def test_a_discipline_outside_the_agencys_rule_is_asked_by_the_facility_alone() -> None:
    said = of_fixtures(discipline="SLP", specialty=["ACUTE"])
    assert set(said["requirements"]) == {"BG-COUNTY", "CERT-BLS", "DRUG", "FAC-PACKET"}
    assert said["requirements"]["BG-COUNTY"] == {"rules": ["FA-1"], "lookback_years": 3, "window_before_start": 30}


def test_remote_work_lifts_only_what_is_asked_and_only_where_the_facility_says_so() -> None:
    speech = {"discipline": "SLP", "specialty": ["ACUTE"], "work_mode": "remote"}
    assert of_fixtures(**speech)["exempted"] == {"DRUG": "FA-3"}
    nurse = {"discipline": "RN", "specialty": ["CASE_MGMT"], "work_mode": "remote", "facility": "MESA"}
    assert of_fixtures(**nurse)["exempted"] == {}


@pytest.mark.parametrize("level", ["federal", "federal_guidance", "state", "accreditation", "payer", "msp"])
def test_no_exemption_reaches_what_others_than_agency_and_facility_ask(level: str) -> None:
    rules = [
        {"rule": "A", "level": "agency", "require": {"TB-12": {}}},
        {"rule": "B", "level": level, "require": {"TB-12": {"max_age_months": 12}}},
        {"rule": "C", "level": "facility", "exempt": ["TB-12"]},
    ]
    said = answer_case({"input": {"rules": rules, "context": {"discipline": "RN"}}})
    assert said == {"requirements": {"TB-12": {"rules": ["A", "B"], "max_age_months": 12}}, "exempted": {}}
