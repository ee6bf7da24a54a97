"""What a client of OpenID Connect is told about whoever signed in (OpenID Connect Core, 2 and 5.4)."""

from typing import Any

from identity.domain.person import Person
from identity.domain.session import Session


def id_claims(person: Person, session: Session, *, client_id: str, scope: str, nonce: str | None) -> dict[str, Any]:
    """The claims of the ID token, but for issuer and times."""
    claims = {
        "aud": client_id,
        "auth_time": int(session.authenticated_at.timestamp()),
        "amr": list(session.methods),
        "sid": session.session_id,
        **described(person, scope),
    }
    return claims if nonce is None else {**claims, "nonce": nonce}


def described(person: Person, scope: str) -> dict[str, Any]:
    """The person as far as the scope asks for."""
    asked = scope.split()
    claims: dict[str, Any] = {"sub": person.person_id}
    if "profile" in asked:
        claims["name"] = person.profile.name
        if person.profile.time_zone:
            claims["zoneinfo"] = person.profile.time_zone
    if "email" in asked:
        claims["email"] = person.email
    return claims
