"""Bodies about erasures."""

from datetime import datetime
from typing import Annotated, Any, Self

from pydantic import StringConstraints

from identity.api.schemas.words import ANOTHER, CLINICIAN, PERSON, shown
from identity.domain.erasure import Erasure
from shared.http.bodies import RequestBody, ResponseBody, Text

_WHAT: dict[str, Any] = {"subject": CLINICIAN, "reason": "Asked by the clinician in writing on 5 January"}
_ERASURE: dict[str, Any] = {
    "erasure_id": "ers_01m8095ps8e00rc1kcn27y03ze",
    **_WHAT,
    "asked_by": PERSON,
    "asked_at": "2026-01-05T15:00:00Z",
    "confirmed_by": ANOTHER,
    "confirmed_at": "2026-01-06T09:30:00Z",
}

Subject = Annotated[str, StringConstraints(pattern=r"^(cln|per)_[0-9a-z]{26}$")]


class ErasureIn(RequestBody):
    """Whom to forget, by the id of a clinician or of a person with an account, and why."""

    model_config = shown(_WHAT)

    subject: Subject
    reason: Text


class ErasureOut(ResponseBody):
    """An erasure; it has taken effect once it is confirmed. Its version is the ETag."""

    model_config = shown(_ERASURE)

    erasure_id: str
    subject: str
    reason: str
    asked_by: str
    asked_at: datetime
    confirmed_by: str | None
    confirmed_at: datetime | None

    @classmethod
    def of(cls, erasure: Erasure) -> Self:
        """The erasure as it is shown."""
        return cls.model_validate(erasure)
