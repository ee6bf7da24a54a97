"""Bodies about grants."""

from datetime import UTC, datetime
from typing import Annotated, Any, Self

from pydantic import AwareDatetime, Field

from identity.api.schemas.words import ANOTHER, ASSIGNMENT, PERSON, AssignmentId, PersonId, shown
from identity.domain.grant import MOST_ASSIGNMENTS, MOST_FIELDS, Grant, GrantRequest
from shared.http.bodies import RequestBody, ResponseBody, Text
from shared.roles import Field as FieldClass

_WHAT: dict[str, Any] = {
    "person_id": PERSON,
    "role": "credentialing_specialist",
    "assignments": [ASSIGNMENT],
    "queue": False,
    "until": "2026-02-01T00:00:00Z",
    "fields": ["contact"],
    "reason": "Backlog before the spring starts",
}
_GRANT: dict[str, Any] = {
    "grant_id": "grt_01m8095ps8e00rc1kcn27y03zr",
    **_WHAT,
    "given_by": ANOTHER,
    "given_at": "2026-01-05T15:00:00Z",
    "revoked_by": None,
    "revoked_at": None,
    "revoked_because": None,
}

Instant = Annotated[AwareDatetime, Field(ge=datetime(2000, 1, 1, tzinfo=UTC), lt=datetime(2100, 1, 1, tzinfo=UTC))]


class GrantIn(RequestBody):
    """Who may act in which department's role, on these assignments or on its queue, until when, and why.

    `fields` are the classes of fields shown unmasked.
    """

    model_config = shown(_WHAT)

    person_id: PersonId
    role: Annotated[str, Field(max_length=40)]
    assignments: Annotated[tuple[AssignmentId, ...], Field(max_length=MOST_ASSIGNMENTS)] = ()
    queue: bool = False
    until: Instant
    fields: Annotated[tuple[FieldClass, ...], Field(max_length=MOST_FIELDS)] = ()
    reason: Text

    def request(self) -> GrantRequest:
        """What is asked, as the rules read it."""
        asked = self.model_dump(exclude={"queue", "until", "fields"})
        fields = tuple(field.value for field in self.fields)
        return GrantRequest(**asked, is_queue=self.queue, until=self.until.astimezone(UTC), fields=fields)


class GrantOut(ResponseBody):
    """A grant; its version is the ETag."""

    model_config = shown(_GRANT)

    grant_id: str
    person_id: str
    role: str
    assignments: tuple[str, ...]
    queue: bool
    until: datetime
    fields: tuple[str, ...]
    reason: str
    given_by: str
    given_at: datetime
    revoked_by: str | None
    revoked_at: datetime | None
    revoked_because: str | None

    @classmethod
    def of(cls, grant: Grant) -> Self:
        """The grant as it is shown."""
        names = (name for name in cls.model_fields if name != "queue")
        return cls.model_validate({**{name: getattr(grant, name) for name in names}, "queue": not grant.assignments})
