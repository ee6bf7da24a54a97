"""Links for people without an account: a clinician, a facility's approver, or whoever follows one assignment.

They come in for one purpose, for a while.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from identity.domain.access import Access
from identity.domain.access_errors import LinkOver
from shared.errors import Finding
from shared.principal import Grant

LONGEST_LIFE: Final = timedelta(days=14)
MOST_USES: Final = 100
VISIT: Final = timedelta(hours=12)
"""How long one who came in may stay, as for people; whoever does nothing is out sooner, by the portal's rule."""


APPROVER_LINK_MAKERS = frozenset({"coordinator", "lead"})
"""Nobody who keeps hours (separation of duties)."""


class Audience(StrEnum):
    """Whom a link lets in; each value is also the role that its token carries."""

    CLINICIAN = "clinician"
    FACILITY_APPROVER = "facility_approver"
    STATUS_READER = "status_reader"
    """Follows one assignment, such as the recruiter who brought it, and changes nothing."""


_NAMED_BY: Final = {
    Audience.CLINICIAN: "/clinician_id",
    Audience.FACILITY_APPROVER: "/facility_id",
    Audience.STATUS_READER: "/assignment_id",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """Somebody came in by a link once, and stays for a while; `digest` is of the secret that their tokens go on by."""

    digest: str
    ends_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Leave to come in as one clinician, as the approver of one facility, or to follow one assignment.

    Whoever holds its token has it.

    Only `digest`, the SHA-256 of the token as hexadecimal digits, is kept. `uses_left` counts the visits that it
    can still be begun by; all instants are real time. `version` counts saved changes and is raised by storage alone.
    """

    link_id: str
    audience: Audience
    clinician_id: str | None
    facility_id: str | None
    purpose: str
    digest: str
    made_by: str
    made_at: datetime
    expires_at: datetime
    uses_left: int
    revoked_at: datetime | None = None
    assignment_id: str | None = None
    visits: tuple[Visit, ...] = ()
    version: int = 0

    def is_live(self, now: datetime) -> bool:
        """Whether it lets anybody in at this instant; at its expiry no more."""
        return self.uses_left > 0 and self.is_valid(now)

    def is_valid(self, now: datetime) -> bool:
        """Whether those whom it let in may stay: it was not taken back and has not expired."""
        return self.revoked_at is None and now < self.expires_at


def link_findings(
    audience: Audience, *, clinician_id: str | None, facility_id: str | None, assignment_id: str | None = None
) -> tuple[Finding, ...]:
    """What is wrong with whom a link is for: exactly the id that fits the audience is given."""
    given = {"/clinician_id": clinician_id, "/facility_id": facility_id, "/assignment_id": assignment_id}
    return tuple(_subject_findings(given, _NAMED_BY[audience]))


def used(link: Link, now: datetime, *, visit: str) -> Link | None:
    """The link after it let somebody in once more, for the visit of this digest; None when it lets nobody in."""
    if not link.is_live(now):
        return None
    begun = Visit(digest=visit, ends_at=now + VISIT)
    going_on = tuple(one for one in link.visits if now < one.ends_at)
    return replace(link, uses_left=link.uses_left - 1, visits=(*going_on, begun))


def is_visit(link: Link, now: datetime, *, visit: str) -> bool:
    """Whether the visit of this digest goes on."""
    return link.is_valid(now) and any(one.digest == visit and now < one.ends_at for one in link.visits)


def access_by(link: Link) -> Access:
    """What whoever came by the link may do: act as its clinician, approve for its facility, or follow its assignment.

    One assignment is reached by a grant, as virtual specialists reach theirs, of a role that is given to nobody else.
    """
    if link.assignment_id:
        named = frozenset({link.assignment_id})
        grant = Grant(id=link.link_id, role=link.audience.value, until=link.expires_at, assignments=named)
        return Access(subject=link.link_id, client_id=link.link_id, roles=(), grants=(grant,))
    return Access(
        subject=link.link_id,
        client_id=link.link_id,
        roles=(link.audience.value,),
        clinician_id=link.clinician_id,
        facilities=(link.facility_id,) if link.facility_id else (),
    )


def revoke(link: Link, now: datetime) -> Link:
    """The link taken back, also one that is used up: what it was exchanged for may still be about.

    Raises LinkOver when it was revoked before, or has expired.
    """
    if link.revoked_at is not None or now >= link.expires_at:
        raise LinkOver
    return replace(link, revoked_at=now)


def _subject_findings(given: dict[str, str | None], wanted: str) -> Iterator[Finding]:
    for pointer, value in given.items():
        if pointer == wanted and value is None:
            yield Finding(pointer=pointer, code="missing", message="Say whom the link is for.")
        if pointer != wanted and value is not None:
            yield Finding(pointer=pointer, code="not_for_audience", message="A link of this kind names no such id.")
