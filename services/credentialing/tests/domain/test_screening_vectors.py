"""Groups of the test vectors about screening, sources and immunity, and shapes that the file does not have."""

import json
from pathlib import Path
from typing import Any

import pytest

from credentialing.vectors.immunity import answer_case as answer_immunity
from credentialing.vectors.screening import (
    answer_exclusion_match,
    answer_leie_parse,
    answer_monitoring,
    answer_sam,
)
from credentialing.vectors.sources import answer_nppes, answer_vendor_status

VECTORS = Path(__file__).parents[4] / "tests" / "vectors" / "credentialing_vectors.json"
ANSWERS = {
    "exclusion_match": answer_exclusion_match,
    "immunity": answer_immunity,
    "leie_parse": answer_leie_parse,
    "monitoring": answer_monitoring,
    "nppes": answer_nppes,
    "sam": answer_sam,
    "vendor_status": answer_vendor_status,
}


def test_every_case_of_the_file_is_answered_as_expected() -> None:
    cases = json.loads(VECTORS.read_text(encoding="utf-8"))["cases"]
    ours = [case for case in cases if case["group"] in ANSWERS]
    assert len(ours) == 18
    assert [ANSWERS[case["group"]](case) for case in ours] == [case["expected"] for case in ours]


@pytest.mark.parametrize(
    ("person", "reasons"),
    [
        ({"last": "Delgado"}, ["name_exact", "dob_exact"]),
        ({"last": "Whitfield", "middle": "Delgado"}, ["hyphen_part", "dob_exact"]),
        ({"last": "Delgado", "npi": 1234567893}, ["npi_exact", "name_exact", "dob_exact"]),
    ],
    ids=["no day of screening", "the middle name may be a last name", "an NPI as a number"],
)
def test_a_person_is_compared_whatever_is_absent(person: dict[str, Any], reasons: list[str]) -> None:
    asked = {
        "person": {"first": "Maria", "dob": "1984-03-11", **person},
        "entry": {"LASTNAME": "DELGADO", "FIRSTNAME": "MARIA", "DOB": "19840311", "NPI": "1234567893"},
    }
    assert answer_exclusion_match({"input": asked}) == {"outcome": "block", "reasons": reasons}


def test_an_extract_of_sam_is_enough() -> None:
    extract = {"Active Date": "02/29/2024", "Termination Date": "03/01/2024"}
    expected = {"active": "2024-02-29", "ends": "2024-03-01"}
    assert answer_sam({"input": {"api_action": None, "extract": extract}}) == expected
    assert answer_sam({"input": {"extract": extract}}) == expected


@pytest.mark.parametrize(
    ("given", "immune"),
    [
        ({"item": "IMM-HBV", "doses": 3, "anti_hbs_miu_ml": ">1000"}, True),
        ({"item": "IMM-HBV", "doses": 3, "anti_hbs_miu_ml": "<10"}, False),
        ({"item": "IMM-HBV", "doses": 3, "anti_hbs_miu_ml": ">=10"}, True),
        ({"item": "IMM-HBV", "doses": 3, "anti_hbs_miu_ml": None}, False),
        ({"item": "IMM-MMR", "history": "lab-confirmed disease"}, True),
        ({"item": "IMM-MMR", "history": "self-reported"}, False),
        ({"item": "IMM-VAR", "history": "Provider diagnosis"}, True),
        ({"item": "IMM-VAR", "titres": {"Varicella": "Positive"}}, True),
        ({"item": "IMM-TDAP", "doses": ["2018-05-01"]}, True),
        ({"item": "IMM-TDAP", "doses": ["2016-11-20"]}, False),
        ({"item": "IMM-TDAP", "doses": [{"type": "td", "date": "2018-05-01"}]}, False),
    ],
)
def test_evidence_is_read_as_laboratories_and_records_write_it(given: dict[str, Any], immune: bool) -> None:
    assert answer_immunity({"input": given})["immune"] is immune
