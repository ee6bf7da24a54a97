"""The groups of the shared test vectors about measures, and shapes of cases that the file does not have."""

import json
from pathlib import Path

import pytest

from credentialing.vectors.measures import answer_fcra, answer_hcss, answer_ncqa

VECTORS = Path(__file__).parents[4] / "tests" / "vectors" / "credentialing_vectors.json"
ANSWERS = {"ncqa_window": answer_ncqa, "fcra": answer_fcra, "hcss": answer_hcss}


def test_every_case_of_the_file_is_answered_as_expected():
    cases = json.loads(VECTORS.read_text(encoding="utf-8"))["cases"]
    ours = [case for case in cases if case["group"] in ANSWERS]
    assert len(ours) == 4
    assert [ANSWERS[case["group"]](case) for case in ours] == [case["expected"] for case in ours]


@pytest.mark.parametrize(
    ("name", "program", "verified", "processed", "answer"),
    [
        ("certification", "certification", "2025-08-01", "2025-10-30", (90, 90, True)),
        ("a day over", "certification", "2025-08-01", "2025-10-31", (90, 91, False)),
        ("named as the field's table does", "Certification (CVO)", "2025-08-01", "2025-10-30", (90, 90, True)),
        ("the day of the change", "accreditation", "2025-01-02", "2025-07-01", (120, 180, False)),
        ("before the change", "certification", "2025-02-01", "2025-06-01", (120, 120, True)),
    ],
)
def test_programmes_and_days_of_processing_differ(name, program, verified, processed, answer):
    said = answer_ncqa({"input": {"program": program, "verified": verified, "processed": processed}})
    assert (said["limit_days"], said["age_days"], said["within"]) == answer, name


@pytest.mark.parametrize(
    ("name", "asked", "answer"),
    [
        ("over Memorial Day", {"pre_adverse_sent": "2026-05-21"}, ("2026-05-29", "2026-06-01")),
        ("seven days", {"pre_adverse_sent": "2026-03-02", "wait_business_days": 7}, ("2026-03-11", "2026-03-12")),
        ("disputed", {"pre_adverse_sent": "2026-03-02", "disputed": True}, ("2026-03-09", None)),
        (
            "dispute resolved",
            {"pre_adverse_sent": "2026-03-02", "disputed_on": "2026-03-04", "dispute_resolved": "2026-03-18"},
            ("2026-03-24", "2026-03-25"),
        ),
    ],
)
def test_holidays_and_disputes_move_the_last_notice(name, asked, answer):
    said = answer_fcra({"input": asked})
    assert (said["wait_ends"], said["earliest_final_notice"]) == answer, name


def test_files_count_only_with_all_three_elements():
    whole = {"job_appropriate_credentials": True, "competency": "Yes", "background_check": True}
    said = answer_hcss({"input": {"files": [whole, {**whole, "competency": False}]}})
    assert said == {"numerator": 1, "denominator": 2}


@pytest.mark.parametrize(
    ("asked", "numerator"),
    [
        ({"credentials": "Y", "competency": "N", "background": "Y"}, 0),
        ({"file": {"job_appropriate_credentials": True, "competency": True, "background_check": True}}, 1),
    ],
)
def test_a_single_file_is_its_own_denominator(asked, numerator):
    assert answer_hcss({"input": asked}) == {"numerator": numerator, "denominator": 1}
