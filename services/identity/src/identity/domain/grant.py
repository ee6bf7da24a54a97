"""Grants: what a virtual specialist may do, on which assignments, until when."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from identity.domain.access_errors import GrantOver, GrantToOneself, TooManyGrants
from identity.domain.roles import DEPARTMENT_SPECIALISTS, Role
from shared.contracts.identity import GrantGiven, GrantRevoked
from shared.errors import Finding

LONGEST_LIFE: Final = timedelta(days=90)
MOST_ASSIGNMENTS: Final = 50
MOST_FIELDS: Final = 8

MOST_LIVE: Final = 5
MOST_LIVE_ASSIGNMENTS: Final = 100
"""What one person may hold at once. Tokens carry it, and services refuse tokens of more than 8 KB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantRequest:
    """What somebody asks to give: to whom, which role, on these assignments or on the queue of the department."""

    person_id: str
    role: str
    assignments: tuple[str, ...]
    is_queue: bool
    until: datetime
    fields: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """Leave for one virtual specialist to act in a department's role.

    `assignments` are ids; none means the department's queue. `fields` are the classes of fields shown unmasked.
    `until` is real time. `version` counts saved changes and is raised by storage alone.
    """

    grant_id: str
    person_id: str
    role: str
    assignments: tuple[str, ...]
    fields: tuple[str, ...]
    until: datetime
    reason: str
    given_by: str
    given_at: datetime
    revoked_by: str | None = None
    revoked_at: datetime | None = None
    revoked_because: str | None = None
    version: int = 0

    def is_live(self, now: datetime) -> bool:
        """Whether it holds at this instant; at its end no more."""
        return self.revoked_at is None and now < self.until


def grant_findings(asked: GrantRequest, *, roles_held: Collection[Role] | None, now: datetime) -> tuple[Finding, ...]:
    """Everything that is wrong with a grant asked for.

    `roles_held` are the roles of the person who is to receive it; None when no active account has that id.
    """
    return (
        *_person_findings(roles_held),
        *_role_findings(asked.role),
        *_extent_findings(asked),
        *_end_findings(asked.until, now),
    )


def give(asked: GrantRequest, *, held: Sequence[Grant], grant_id: str, given_by: str, now: datetime) -> Grant:
    """The grant, which holds from now on; `held` are those that the person holds already.

    Raises GrantToOneself, for nobody widens their own access, and TooManyGrants.
    """
    if asked.person_id == given_by:
        raise GrantToOneself
    assignments = sum(len(grant.assignments) for grant in held) + len(asked.assignments)
    if len(held) >= MOST_LIVE or assignments > MOST_LIVE_ASSIGNMENTS:
        raise TooManyGrants(grants=MOST_LIVE, assignments=MOST_LIVE_ASSIGNMENTS)
    return Grant(
        grant_id=grant_id,
        person_id=asked.person_id,
        role=asked.role,
        assignments=asked.assignments,
        fields=asked.fields,
        until=asked.until,
        reason=asked.reason,
        given_by=given_by,
        given_at=now,
    )


def revoke(grant: Grant, *, revoked_by: str, reason: str, now: datetime) -> Grant:
    """The grant ended before its time. Raises GrantOver when it has ended, by itself or by somebody before."""
    if not grant.is_live(now):
        raise GrantOver
    return replace(grant, revoked_by=revoked_by, revoked_at=now, revoked_because=reason)


def given_event(grant: Grant) -> GrantGiven:
    """What others hear of a new grant."""
    return GrantGiven(
        grant_id=grant.grant_id,
        person_id=grant.person_id,
        role=grant.role,
        until=grant.until,
        assignments=grant.assignments,
        fields=grant.fields,
        reason=grant.reason,
        given_by=grant.given_by,
    )


def revoked_event(grant: Grant) -> GrantRevoked:
    """What others hear of a grant that was taken back."""
    assert grant.revoked_by is not None and grant.revoked_because is not None
    return GrantRevoked(
        grant_id=grant.grant_id,
        person_id=grant.person_id,
        reason=grant.revoked_because,
        revoked_by=grant.revoked_by,
    )


def _person_findings(roles_held: Collection[Role] | None) -> Iterator[Finding]:
    if roles_held is None:
        yield Finding(pointer="/person_id", code="unknown_person", message="No active account has this id.")
    elif Role.VIRTUAL_SPECIALIST not in roles_held:
        message = f"Grants are for people with the role {Role.VIRTUAL_SPECIALIST.value}; give them that role first."
        yield Finding(pointer="/person_id", code="not_a_virtual_specialist", message=message)


def _role_findings(role: str) -> Iterator[Finding]:
    if role not in DEPARTMENT_SPECIALISTS:
        message = f"Write one of {', '.join(sorted(DEPARTMENT_SPECIALISTS))}."
        yield Finding(pointer="/role", code="not_one_of", message=message)


def _extent_findings(asked: GrantRequest) -> Iterator[Finding]:
    if asked.is_queue and asked.assignments:
        message = "Name assignments or say that it is the queue, not both."
        yield Finding(pointer="/queue", code="queue_and_assignments", message=message)
    if not asked.is_queue and not asked.assignments:
        message = "Name the assignments, or write queue: true for the department's queue."
        yield Finding(pointer="/assignments", code="missing", message=message)
    for pointer, given in (("/assignments", asked.assignments), ("/fields", asked.fields)):
        for index, one in enumerate(given):
            if one in given[:index]:
                yield Finding(pointer=f"{pointer}/{index}", code="repeated", message="Name each only once.")


def _end_findings(until: datetime, now: datetime) -> Iterator[Finding]:
    if until <= now:
        yield Finding(pointer="/until", code="in_the_past", message="Write an instant that is still to come.")
    if until > now + LONGEST_LIFE:
        message = f"A grant lasts at most {LONGEST_LIFE.days} days; give it again later."
        yield Finding(pointer="/until", code="too_late", message=message)
