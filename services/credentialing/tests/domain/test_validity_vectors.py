"""The groups `validity` and `psv_timing` of the test vectors, and shapes of cases that the file does not have.

Sources: the conventions of the file (inclusive dates, a shift needs every date it touches) and the field facts: a
document alone extends nothing; E-Verify is due within three business days of the start, shifts wait after that.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from credentialing.vectors.validity import answer_psv_timing, answer_validity

VECTORS = Path(__file__).parents[4] / "tests" / "vectors" / "credentialing_vectors.json"
ANSWERS = {"validity": answer_validity, "psv_timing": answer_psv_timing}

TO_THE_END = {"must_cover": "assignment_end", "mode": "strict"}
RENEWED = {"must_cover": "assignment_end", "mode": "renew_by"}
WINTER = {"start": "2026-11-30", "end": "2027-02-27"}
NIGHT_OF_THE_LAST_DAY = ["2026-12-31T19:00", "2027-01-01T07:30"]
NIGHT_BEFORE = ["2026-12-30T19:00", "2026-12-31T07:30"]
DAY_AFTER = ["2027-01-05T07:00", "2027-01-05T19:30"]


def test_every_case_of_the_file_is_answered_as_expected() -> None:
    cases = [one for one in json.loads(VECTORS.read_text(encoding="utf-8"))["cases"] if one["group"] in ANSWERS]
    assert len(cases) == 12
    assert [ANSWERS[case["group"]](case) for case in cases] == [case["expected"] for case in cases]


def answer(requirement: Any, credential: Any, assignment: Any) -> dict[str, Any]:
    return answer_validity({"input": {"requirement": requirement, "credential": credential, "assignment": assignment}})


def versions(*expiry_and_check: tuple[str, str | None]) -> dict[str, Any]:
    return {"versions": [{"expires": expires, "psv": psv} for expires, psv in expiry_and_check]}


@pytest.mark.parametrize(
    ("case", "requirement", "credential", "shift", "status"),
    [
        ("last good day", {}, {"expires": "2026-12-31"}, NIGHT_BEFORE, "ok"),
        ("to midnight", {}, {"expires": "2026-12-31"}, ["2026-12-31T15:00", "2027-01-01T00:00"], "ok"),
        ("nothing held", {}, None, NIGHT_BEFORE, "missing"),
        ("never runs out", {}, {"completed_date": "2020-05-01"}, DAY_AFTER, "ok"),
        (
            "renewal waits, old one over",
            {},
            versions(("2026-12-31", "verified"), ("2028-12-31", "pending")),
            DAY_AFTER,
            "pending_verification",
        ),
        (
            "renewal waits, old one good",
            {},
            versions(("2026-12-31", "verified"), ("2028-12-31", "pending")),
            NIGHT_BEFORE,
            "ok",
        ),
        ("renewed", {}, versions(("2026-12-31", "verified"), ("2028-12-31", "verified")), DAY_AFTER, "ok"),
        (
            "renewal refuted",
            {},
            versions(("2026-12-31", "verified"), ("2028-12-31", "rejected")),
            DAY_AFTER,
            "lapses",
        ),
        (
            "a year old",
            {"months": 12, "basis": "read_date"},
            {"read_date": "2025-12-31"},
            NIGHT_OF_THE_LAST_DAY,
            "lapses",
        ),
        ("a year to the day", {"months": 12, "basis": "read_date"}, {"read_date": "2025-12-31"}, NIGHT_BEFORE, "ok"),
        ("issued after", {}, {"issue_date": "2027-01-06"}, DAY_AFTER, "not_yet_valid"),
    ],
)
def test_a_shift_needs_a_verified_credential_on_every_date_it_touches(
    case: str, requirement: Any, credential: Any, shift: list[str], status: str
) -> None:
    said = answer({"must_cover": "shift", **requirement}, credential, {"shift": shift})
    assert said == {"status": status, "shift_allowed": status == "ok"}, case


@pytest.mark.parametrize(
    ("case", "requirement", "credential", "expected"),
    [
        (
            "E-Verify not there yet: due on the third business day, shifts wait from the next",
            {"must_cover": "start_plus_3bd"},
            None,
            {"status": "due", "cleared": True, "due_by": "2026-12-03", "block_shifts_from": "2026-12-04"},
        ),
        (
            "for payroll: no shift waits",
            {"must_cover": "payroll"},
            None,
            {"status": "due", "cleared": True, "due_by": "2026-12-07"},
        ),
        (
            "a check not begun is not a refusal",
            {"must_cover": "start"},
            {"expires": "2028-12-31", "psv": "not_started"},
            {"status": "pending_verification", "cleared": False},
        ),
        (
            "a renewal that the source refuted",
            RENEWED,
            versions(("2026-12-31", "verified"), ("2028-12-31", "failed")),
            {
                "status": "lapses",
                "cleared": True,
                "first_uncovered": "2027-01-01",
                "block_shifts_from": "2027-01-01",
                "task": "renew",
            },
        ),
        (
            "the age of what counts, not of what waits",
            {**RENEWED, "months": 24, "basis": "issue_date"},
            {
                "versions": [
                    {"issue_date": "2024-12-31", "psv": "verified"},
                    {"issue_date": "2026-11-20", "psv": "pending"},
                ]
            },
            {
                "valid_through": "2026-12-31",
                "status": "pending_verification",
                "cleared": True,
                "block_shifts_from": "2027-01-01",
            },
        ),
        (
            "a break of 90 days",
            {**TO_THE_END, "months": 60, "break_rule_days": 90, "basis": "print_retention_date"},
            {"print_retention_date": "2023-06-01", "last_covered_work": "2026-09-01"},
            {"valid_through": "2028-06-01", "status": "ok", "cleared": True},
        ),
        (
            "a break of 91 days",
            {**TO_THE_END, "months": 60, "break_rule_days": 90, "basis": "print_retention_date"},
            {"print_retention_date": "2023-06-01", "last_covered_work": "2026-08-31"},
            {"valid_through": "2028-06-01", "status": "expired", "cleared": False},
        ),
        (
            "the grace of a renewal is no permission to work",
            {**TO_THE_END, "renewal_grace_days": 30},
            {"expires": "2026-11-15"},
            {"status": "expired", "cleared": False},
        ),
    ],
)
def test_a_case_of_another_shape_is_answered(
    case: str, requirement: Any, credential: Any, expected: dict[str, Any]
) -> None:
    assert answer(requirement, credential, WINTER) == expected, case


def test_a_shift_on_the_day_of_verification_is_covered_and_one_never_verified_is_not() -> None:
    given = {"old_expiry": "2026-12-31", "shifts": ["2026-12-31", "2027-01-01", "2027-01-04"]}
    assert answer_psv_timing({"input": {**given, "psv_date": "2027-01-04"}})["uncovered_shifts"] == ["2027-01-01"]
    assert answer_psv_timing({"input": {**given, "psv_date": None}})["uncovered_shifts"] == ["2027-01-01", "2027-01-04"]
    assert answer_psv_timing({"input": {**given, "psv_date": "2026-12-20"}})["compliant"]
