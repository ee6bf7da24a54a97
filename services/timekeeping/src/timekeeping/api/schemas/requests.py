"""What timekeeping is asked: who approves, and what became of a shift."""

from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, AwareDatetime, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from shared.http.bodies import RequestBody
from timekeeping.domain.plan import Contact
from timekeeping.domain.shift import MissedReason


def _example(example: dict[str, Any]) -> ConfigDict:
    return ConfigDict(json_schema_extra={"examples": [example]})


def _in_utc(instant: datetime) -> datetime:
    if not 2000 <= instant.year < 2100:
        raise PydanticCustomError("not_an_instant", "Write an instant of this century.")
    return instant.astimezone(UTC)


Instant = Annotated[AwareDatetime, AfterValidator(_in_utc)]


class ContactIn(RequestBody):
    """A person at the facility: the opaque reference of the contact, and the name to show; no address."""

    reference: Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[\w.:-]+$")]
    display_name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]

    def contact(self) -> Contact:
        """The contact that was named."""
        return Contact(reference=self.reference, display_name=self.display_name)


class NameApproversIn(RequestBody):
    """Who approves the hours, and who does when that person is away."""

    model_config = _example(
        {
            "approver": {"reference": "con_4711", "display_name": "Avery Lee"},
            "backup": {"reference": "con_4712", "display_name": "Jo Ross"},
        }
    )

    approver: ContactIn
    backup: ContactIn


class RecordWorkedIn(RequestBody):
    """When the work began and ended, with offsets, and the minutes of meals taken and free of duty."""

    model_config = _example(
        {
            "started_at": "2026-02-02T06:55:00-06:00",
            "ended_at": "2026-02-02T19:40:00-06:00",
            "unpaid_meal_minutes": 30,
        }
    )

    started_at: Instant
    ended_at: Instant
    unpaid_meal_minutes: Annotated[int, Field(ge=0, le=1440)] = 0


class RecordMissedIn(RequestBody):
    """Why nobody worked."""

    model_config = _example({"reason": "facility_cancelled"})

    reason: MissedReason
