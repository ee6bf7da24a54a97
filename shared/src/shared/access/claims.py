"""What the claims of a verified token say of its holder (RFC 9068; `act` by RFC 8693)."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, StrictStr, ValidationError

from shared.access.errors import TokenInvalid
from shared.principal import Grant, Principal

MOST = 500  # entries of one claim; a token is at most 8 KB anyway


class _Actor(BaseModel):
    sub: StrictStr


class _GrantClaim(BaseModel):
    id: StrictStr
    role: StrictStr
    until: int
    assignments: frozenset[StrictStr] = frozenset()
    fields: frozenset[StrictStr] = frozenset()

    def grant(self) -> Grant:
        """The grant, its end as an instant."""
        return Grant(
            id=self.id,
            role=self.role,
            until=datetime.fromtimestamp(self.until, UTC),
            assignments=self.assignments,
            fields=self.fields,
        )


class _Claims(BaseModel):
    model_config = ConfigDict(extra="ignore")

    sub: StrictStr = Field(min_length=1, max_length=200)
    roles: frozenset[StrictStr] = Field(default=frozenset(), max_length=MOST)
    act: _Actor | None = None
    auth_time: int | None = None
    sources: frozenset[StrictStr] = Field(default=frozenset(), max_length=MOST)
    facilities: frozenset[StrictStr] = Field(default=frozenset(), max_length=MOST)
    team_facilities: frozenset[StrictStr] = Field(default=frozenset(), max_length=MOST)
    clinician_id: StrictStr | None = None
    grants: tuple[_GrantClaim, ...] = Field(default=(), max_length=MOST)
    jti: StrictStr | None = None
    iat: int | None = None


def principal_of(claims: Mapping[str, Any]) -> Principal:
    """Who holds a token with these claims. Raises TokenInvalid, also for one that says it is a service itself.

    With `act` (RFC 8693) the client acts and the token's subject is the person for whom it does.
    """
    try:
        known = _Claims.model_validate(claims)
        grants = tuple(claim.grant() for claim in known.grants)
        signed_in, issued_at = _instant(known.auth_time), _instant(known.iat)
    except (ValidationError, ValueError, OverflowError, OSError):
        raise TokenInvalid from None
    acting = known.act.sub if known.act else known.sub
    if acting.startswith("system:") or known.sub.startswith("system:") or "system" in known.roles:
        raise TokenInvalid
    return Principal(
        subject=acting,
        roles=known.roles,
        on_behalf_of=known.sub if known.act else None,
        authenticated_at=signed_in,
        sources=known.sources,
        facilities=known.facilities,
        team_facilities=known.team_facilities,
        clinician_id=known.clinician_id,
        grants=grants,
        token_id=known.jti,
        issued_at=issued_at,
    )


def _instant(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
