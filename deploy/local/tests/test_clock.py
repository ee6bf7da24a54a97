"""The instant a person means, and what keeps time from going on."""

from datetime import UTC, datetime

import pytest

from firstshift.clock_target import target
from firstshift.clock_travel import unsettled
from firstshift.errors import CannotRun

NOW = datetime(2026, 1, 5, 15, tzinfo=UTC)
QUIET = {"unpublished": 0, "lag": 0, "due_again": 0, "due_looks": 0, "parked": 3}


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("3d", datetime(2026, 1, 8, 15, tzinfo=UTC)),
        ("+12h", datetime(2026, 1, 6, 3, tzinfo=UTC)),
        ("90m", datetime(2026, 1, 5, 16, 30, tzinfo=UTC)),
        ("2w", datetime(2026, 1, 19, 15, tzinfo=UTC)),
        ("2026-02-01", datetime(2026, 2, 1, 12, tzinfo=UTC)),
        ("2026-02-01T08:30:00Z", datetime(2026, 2, 1, 8, 30, tzinfo=UTC)),
        ("2026-02-01T08:30:00-05:00", datetime(2026, 2, 1, 13, 30, tzinfo=UTC)),
    ],
)
def test_a_step_a_day_and_an_instant_are_understood(said: str, meant: datetime) -> None:
    assert target(said, NOW) == meant


@pytest.mark.parametrize("said", ["", "tomorrow", "0d", "-3d", "3", "2026-02-30", "2026-02-01T08:30:00", "999999w"])
def test_anything_else_is_refused_with_what_may_be_said(said: str) -> None:
    with pytest.raises(CannotRun) as refused:
        target(said, NOW)

    assert refused.value.problem == f"{said} is no time to go to."
    assert refused.value.fix.startswith("Give 3d, 12h, ")


@pytest.mark.parametrize("said", ["2026-01-05", "2026-01-05T15:00:00Z", "2025-12-24"])
def test_time_does_not_go_back_nor_stand_still(said: str) -> None:
    with pytest.raises(CannotRun) as refused:
        target(said, NOW)

    assert refused.value.fix == "Time only goes forward."


def test_nothing_is_on_its_way_when_only_events_parked_for_a_person_wait() -> None:
    assert unsettled({"assignments": QUIET, "payroll": QUIET}) == []


def test_what_is_on_its_way_is_named_by_service() -> None:
    assert unsettled(
        {
            "assignments": {**QUIET, "unpublished": 2, "lag": 7},
            "payroll": QUIET,
            "housing": {**QUIET, "lag": None},
            "timekeeping": {**QUIET, "due_again": 1},
        }
    ) == [
        "assignments has 2 not yet published, 7 not yet read",
        "housing cannot ask the broker",
        "timekeeping has 1 to be tried again",
    ]
