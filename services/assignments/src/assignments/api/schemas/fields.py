"""Types of single fields that several bodies share."""

from datetime import date, time
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from shared.http.bodies import Amount

SOURCE_PATTERN = r"^[a-z0-9][a-z0-9_-]{0,39}$"
REFERENCE_PATTERN = r"^[A-Za-z0-9._~:@-]{1,80}$"

Source = Annotated[str, StringConstraints(pattern=SOURCE_PATTERN)]
"""The system that says it, such as `ats`."""

Reference = Annotated[str, StringConstraints(pattern=REFERENCE_PATTERN)]
"""The source's own name for something."""

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
"""A word or a few: a unit, a specialty."""

PayCode = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9_]{0,19}$")]
Rates = Annotated[dict[PayCode, Amount], Field(max_length=40)]
"""Dollars an hour by pay code: REG, OT, DT, HOLIDAY, CALL, CALLBACK, ORIENT, CHARGE …"""


Day = Annotated[date, Field(ge=date(2000, 1, 1), lt=date(2100, 1, 1))]
"""A calendar day of the facility."""


def _without_offset(given: time) -> time:
    if given.tzinfo is not None:
        raise PydanticCustomError("not_a_wall_clock_time", "Write the facility's wall-clock time, without an offset.")
    return given


WallClock = Annotated[time, AfterValidator(_without_offset)]
"""A time of day as the facility's clock shows it."""
