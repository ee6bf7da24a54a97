"""What an access token says of its holder (RFC 9068); `shared/access/claims.py` reads it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from identity.domain.person import Person
from identity.domain.session import Session
from shared.principal import Grant

TOKEN_LIVES: Final = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Who may come in, through which client, as what. `subject` is a person's, a client's or a link's id."""

    subject: str
    client_id: str
    roles: tuple[str, ...]
    scope: str = ""
    authenticated_at: datetime | None = None
    facilities: tuple[str, ...] = ()
    team_facilities: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    clinician_id: str | None = None
    grants: tuple[Grant, ...] = ()


def access_of(person: Person, session: Session, *, client_id: str, scope: str, grants: tuple[Grant, ...]) -> Access:
    """What a person may do who signed in themselves; `grants` are those that live."""
    return Access(
        subject=person.person_id,
        client_id=client_id,
        scope=scope,
        roles=tuple(role.value for role in person.roles),
        authenticated_at=session.authenticated_at,
        facilities=person.profile.facilities,
        team_facilities=person.profile.team_facilities,
        grants=grants,
    )


def claims_of(access: Access) -> dict[str, Any]:
    """The claims of the access token, but for those of every token (issuer, audience, times, id). None is left out."""
    claims = {
        "sub": access.subject,
        "client_id": access.client_id,
        "scope": access.scope or None,
        "roles": list(access.roles),
        "auth_time": _seconds(access.authenticated_at),
        "facilities": list(access.facilities),
        "team_facilities": list(access.team_facilities),
        "sources": list(access.sources),
        "clinician_id": access.clinician_id,
        "grants": [_grant(grant) for grant in access.grants],
    }
    return {name: value for name, value in claims.items() if value is not None}


def _grant(grant: Grant) -> dict[str, Any]:
    return {
        "id": grant.id,
        "role": grant.role,
        "until": _seconds(grant.until),
        "assignments": sorted(grant.assignments),
        "fields": sorted(grant.fields),
    }


def _seconds(instant: datetime | None) -> int | None:
    return None if instant is None else int(instant.timestamp())
