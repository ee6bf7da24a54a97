"""Bodies of the requests and answers about private values and legal holds."""

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import ConfigDict, Field, StringConstraints

from shared.http.bodies import RequestBody, ResponseBody
from shared.vault.values import Secret

_HELD: dict[str, Any] = {
    "kind": "ssn",
    "field_class": "identity",
    "masked": "***-**-3456",
    "version": 1,
    "recorded_at": "2026-01-05T15:00:00Z",
    "recorded_by": "per_01m8095ps8e00rc1kcn27y03zk",
    "also_held_by": 0,
}
_HOLD: dict[str, Any] = {
    "hold_id": "hld_01m8095ps8e00axqcgn5qrg12p",
    "reason": "Wage claim 26-104; counsel asked to keep everything.",
    "until": None,
    "placed_by": "per_01m8095ps8e00rc1kcn27y03zk",
    "placed_at": "2026-01-05T15:00:00Z",
    "released_at": None,
    "released_by": None,
    "release_reason": None,
}

Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=10, max_length=500)]
"""Why, in words that mean something to whoever reads the record; without the value itself."""


def _shows(example: dict[str, Any]) -> ConfigDict:
    return ConfigDict(frozen=True, from_attributes=True, json_schema_extra={"examples": [example]})


class RecordIn(RequestBody):
    """A private value in clear; it is normalised, sealed, and never shown whole but by `:reveal`."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"value": "900-12-3456"}]})

    value: Secret


class HeldOut(ResponseBody):
    """A private value, masked. `also_held_by` counts other people with the same one; null where none are compared."""

    model_config = _shows(_HELD)

    kind: str
    field_class: str
    masked: str
    version: int
    recorded_at: datetime
    recorded_by: str
    also_held_by: int | None


class HeldList(ResponseBody):
    """What this service holds about the clinician, by kind."""

    model_config = _shows({"items": [_HELD]})

    items: tuple[HeldOut, ...]


class RevealIn(RequestBody):
    """Why the value has to be seen."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"reason": "The bank asked to confirm the number."}]})

    reason: Reason


class RevealedOut(ResponseBody):
    """A private value in clear."""

    model_config = _shows({"kind": "ssn", "version": 1, "value": "900123456"})

    kind: str
    version: int
    value: str = Field(repr=False)


class PlaceHoldIn(RequestBody):
    """Why nothing may be erased, and the last day of that; no day means until it is released."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"reason": _HOLD["reason"], "until": None}]})

    reason: Reason
    until: date | None = None


class ReleaseHoldIn(RequestBody):
    """Why the hold is no longer needed."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"reason": "Claim 26-104 was settled."}]})

    reason: Reason


class HoldOut(ResponseBody):
    """A legal hold; it is in force until it is released or its last day has passed."""

    model_config = _shows(_HOLD)

    hold_id: str
    reason: str
    until: date | None
    placed_by: str
    placed_at: datetime
    released_at: datetime | None
    released_by: str | None
    release_reason: str | None


class HoldList(ResponseBody):
    """The clinician's legal holds in this service, newest first, at most 200."""

    model_config = _shows({"items": [_HOLD]})

    items: tuple[HoldOut, ...]
