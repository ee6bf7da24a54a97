"""Whoever may come: each role without bounds, and every kind of bounded caller; all of them as claims of a token."""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from joserfc import jwt

from shared.roles import GRANTABLE, ROLES, Scope
from shared.testing.api import ISSUER, Issuer
from tests.access.world import Thing

HOUR = 3600


@dataclass(frozen=True, kw_only=True)
class Caller:
    """One of them; without claims they bring no token."""

    name: str
    claims: Mapping[str, Any] = field(default_factory=dict)


def callers(own: Thing) -> Iterator[Caller]:
    """Every caller; `own` is what the bounded ones reach, each by its own bound."""
    yield Caller(name="nobody")
    yield from (_caller(role, roles=[role]) for role in ROLES)
    yield from (
        _caller(f"{role} of a team", roles=[role], team_facilities=[own.names["facility_id"]])
        for role, known in ROLES.items()
        if known.scope is Scope.TEAM
    )
    sources = [own.names["source"]]
    yield _caller("recruiter's system", roles=["recruiter"], sources=sources)
    yield _caller("system of every role", roles=list(ROLES), sources=sources)
    yield _caller("approver", roles=["facility_approver"], facilities=[own.names["facility_id"]])
    yield _caller("clinician by link", roles=["clinician"], clinician_id=own.names["clinician_id"])
    if "person_id" in own.names:
        yield Caller(name="own account", claims={"sub": own.names["person_id"], "roles": ["virtual_specialist"]})
    for role in sorted(GRANTABLE):
        yield _lent(f"virtual {role} on a case", a_grant(role, assignments=[own.names["assignment_id"]]))
        yield _lent(f"virtual {role} on a queue", a_grant(role, fields=["contact"]))
    ended = a_grant("credentialing_specialist", until=int(time.time()) - 1)
    yield _lent("virtual specialist of yesterday", *(ended | {"role": role} for role in sorted(GRANTABLE)))


def a_grant(role: str, **given: Any) -> dict[str, Any]:
    """A grant as a token carries it, for another hour unless said otherwise."""
    return {"id": f"grt_{role}", "role": role, "until": int(time.time()) + HOUR, **given}


def signed(
    issuer: Issuer, claims: Mapping[str, Any], *, header: Mapping[str, Any] | None = None, key: Any = None
) -> str:
    """A token of an hour with these claims; those whose value is None are left out."""
    now = int(time.time())
    plain = {"iss": ISSUER, "aud": "firstshift", "sub": "per_1", "auth_time": now, "iat": now, "exp": now + HOUR}
    every = {name: value for name, value in {**plain, **claims}.items() if value is not None}
    head = {"alg": "Ed25519", "kid": issuer.pair.kid, "typ": "at+jwt", **(header or {})}
    return jwt.encode(head, every, key or issuer.pair, algorithms=[str(head["alg"])])


def _caller(name: str, **claims: Any) -> Caller:
    return Caller(name=name, claims={"sub": f"per_{name.replace(' ', '_')}", **claims})


def _lent(name: str, *grants: Mapping[str, Any]) -> Caller:
    return _caller(name, roles=["virtual_specialist"], grants=list(grants))
