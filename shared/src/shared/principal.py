"""Who acts: a person, an API client or a service itself; and what of the agency's work is theirs to see."""

from dataclasses import dataclass
from datetime import datetime

NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """A virtual specialist's narrow leave: to act in `role` on some assignments, or on one department's queue.

    `assignments` are ids; empty means the whole queue of the role's department, one assignment at a time. `fields`
    are the classes of fields shown unmasked. It ends at `until` or when it is revoked, whichever comes first.
    """

    id: str
    role: str
    until: datetime
    assignments: frozenset[str] = NOBODY
    fields: frozenset[str] = NOBODY


@dataclass(frozen=True, slots=True, kw_only=True)
class Principal:
    """The subject of a verified token, the roles it was given, and what bounds them.

    `on_behalf_of` is the person for whom a client acts. `authenticated_at` is when the person last signed in
    themselves; None for clients. `sources` are an API client's own systems, `facilities` those that a facility's
    approver answers for, `team_facilities` those that the person's team serves, `clinician_id` the clinician who
    came by a link. `token_id` names the token and `issued_at` is its time, so that it can be refused before it ends.
    """

    subject: str
    roles: frozenset[str] = NOBODY
    on_behalf_of: str | None = None
    authenticated_at: datetime | None = None
    sources: frozenset[str] = NOBODY
    facilities: frozenset[str] = NOBODY
    team_facilities: frozenset[str] = NOBODY
    clinician_id: str | None = None
    grants: tuple[Grant, ...] = ()
    token_id: str | None = None
    issued_at: datetime | None = None

    def has_any(self, roles: frozenset[str]) -> bool:
        """Whether at least one of the roles is held."""
        return not self.roles.isdisjoint(roles)


def system(service: str) -> Principal:
    """The service acting by itself: its consumers, sweeps and relays."""
    return Principal(subject=f"system:{service}", roles=frozenset({"system"}))
