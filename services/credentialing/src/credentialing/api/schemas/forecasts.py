"""The outlook of a file, as it is answered."""

from datetime import date
from typing import Any

from pydantic import ConfigDict

from credentialing.domain.forecast.durations import Stage
from shared.http.bodies import ResponseBody

_FORECAST: dict[str, Any] = {
    "expected_on": "2026-01-19",
    "likely_by": "2026-01-27",
    "odds_by_start": 940,
    "critical_path": ["LIC-RN", "FAC-PACKET"],
    "drivers": [
        {
            "name": "LIC-RN",
            "waits_for": "clinician",
            "stage": "obtain",
            "expected_days": 14,
            "likely_days": 22,
            "odds_if_met": 970,
            "cases": 12,
        }
    ],
}


class DriverOut(ResponseBody):
    """A part that decides: an item's code, whom it waits for, and its days from today.

    Items of a confidential part (health, background, I-9) are told together as that part to who does not see them.

    `odds_if_met` is the chance per mille of the file were it met today.
    """

    name: str
    waits_for: str
    stage: Stage
    expected_days: int
    likely_days: int
    odds_if_met: int
    cases: int


class ForecastOut(ResponseBody):
    """By when the file is clear in one case of two, in nine of ten, and the chance per mille before the start."""

    model_config = ConfigDict(json_schema_extra={"examples": [_FORECAST]})

    expected_on: date
    likely_by: date
    odds_by_start: int
    critical_path: tuple[str, ...]
    drivers: tuple[DriverOut, ...]
