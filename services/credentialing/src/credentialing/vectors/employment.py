"""Answers the group `i9_everify` with the deadlines that files are measured by."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from credentialing.domain.employment import deadlines


def answer_case(case: Mapping[str, Any]) -> dict[str, Any]:
    """The deadlines of a hire; section 1 is named where the length of the hire is."""
    given = case["input"]
    found = deadlines(date.fromisoformat(given["first_day_of_work"][:10]), expected_days=given.get("expected_days"))
    answer = {"everify_due": found.e_verify.isoformat(), "i9_section2_due": found.section2.isoformat()}
    if given.get("expected_days") is not None:
        answer["i9_section1_due"] = found.section1.isoformat()
    return answer
