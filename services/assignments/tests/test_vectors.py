"""The group `lifecycle` of the shared test vectors, and shapes of cases that the file does not have."""

import json
from pathlib import Path
from typing import Any

import pytest

from assignments.vectors import answer, answer_case

VECTORS = Path(__file__).parents[3] / "tests" / "vectors" / "time_housing_vectors.json"


def test_every_lifecycle_case_of_the_file_is_answered_as_expected() -> None:
    cases = json.loads(VECTORS.read_text(encoding="utf-8"))["cases"]
    lifecycle = [case for case in cases if case["group"] == "lifecycle"]
    assert len(lifecycle) == 10
    assert [answer_case(case) for case in lifecycle] == [case["expected"] for case in lifecycle]


OTHER_SHAPES: list[tuple[str, str, str, dict[str, Any] | None, str | None, str | None]] = [
    ("unknown event", "ACTIVE", "dance", {}, None, "INVALID_TRANSITION"),
    ("unknown state", "LOST", "accept", {}, None, "INVALID_TRANSITION"),
    ("no context", "OFFERED", "decline", None, "DECLINED", None),
    ("reason is null", "ONBOARDING", "cancel", {"reason": None}, None, "REASON_REQUIRED"),
    (
        "punches",
        "CLEARED",
        "no_show",
        {"today": "2026-02-02", "start_date": "2026-02-02", "punches": [{"at": "x"}]},
        None,
        "TIME_RECORDED",
    ),
    (
        "no punches",
        "CLEARED",
        "no_show",
        {"today": "2026-02-02", "start_date": "2026-02-02", "punches": []},
        "NO_SHOW",
        None,
    ),
    ("nothing required", "ONBOARDING", "clear", {"start_date": "2026-02-02"}, "CLEARED", None),
    (
        "open-ended other",
        "ACTIVE",
        "extend",
        {
            "end_date": "2026-05-02",
            "new_end": "2026-05-09",
            "clinician_accepted": True,
            "other_placements": [{"start": "2026-05-09", "end": None}],
        },
        None,
        "CONFLICTING_PLACEMENT",
    ),
    ("differs", "ACCEPTED", "confirm", {"matches_offer": False}, None, "TERMS_MISMATCH"),
    ("no comparison", "ACCEPTED", "confirm", {}, "CONFIRMED", None),
    (
        "times compare as dates",
        "CLEARED",
        "start",
        {"today": "2026-02-02T05:00:00Z", "start_date": "2026-02-02"},
        "ACTIVE",
        None,
    ),
]


@pytest.mark.parametrize(("name", "state", "event", "context", "to", "reason"), OTHER_SHAPES)
def test_a_case_of_another_shape_is_answered(
    name: str, state: str, event: str, context: object, to: str | None, reason: str | None
) -> None:
    answered = answer({"from": state, "event": event, "context": context})
    assert answered == {"allowed": to is not None, "to": to, "reason": reason}, name
