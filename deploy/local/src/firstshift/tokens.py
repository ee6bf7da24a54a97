"""The local issuer: signs short tokens with this machine's key, for tests and where identity does not run."""

import time
from collections.abc import Iterable, Mapping
from pathlib import Path

from joserfc import jwt
from joserfc.jwk import KeySet, OKPKey

from firstshift.errors import CannotRun
from firstshift.home import Home, read_json, write_private_json
from shared.ids import new_uuid
from shared.roles import ROLES as KNOWN

ISSUER = "firstshift-local"
AUDIENCE = "firstshift"
ROLES = tuple(KNOWN)


def public_keys(home: Home, *others: Mapping[str, object]) -> Path:
    """The file of the public keys (JWKS) that services check tokens with: this machine's, and those of `others`."""
    path = home.keys / "issuer.public.json"
    own = KeySet([_key_pair(home)]).as_dict(private=False)
    write_private_json(path, {"keys": [*own["keys"], *others]})
    return path


def sign_as(home: Home, name: str) -> None:
    """Has this machine's tokens name this issuer from now on."""
    write_private_json(home.keys / "issuer.name.json", {"name": name})


def issuer_name(home: Home) -> str:
    """The issuer that this machine's tokens name."""
    return str(read_json(home.keys / "issuer.name.json").get("name", ISSUER))


def sign_token(
    home: Home,
    *,
    roles: list[str],
    subject: str | None = None,
    minutes: int = 5,
    more: Mapping[str, object] | None = None,
) -> str:
    """A signed token for a person of these roles who signed in just now; `more` claims come on top, or instead.

    Units: `minutes` is the token's life.
    Raises: CannotRun for a role nobody knows.
    """
    require_known(roles)
    pair = _key_pair(home)
    now = int(time.time())
    claims = {
        "iss": issuer_name(home),
        "aud": AUDIENCE,
        "sub": subject or f"local-{roles[0]}",
        "roles": roles,
        "iat": now,
        "nbf": now,
        "exp": now + minutes * 60,
        "auth_time": now,
        "jti": str(new_uuid()),
        **(more or {}),
    }
    header = {"alg": "Ed25519", "kid": pair.kid, "typ": "at+jwt"}
    return jwt.encode(header, claims, pair, algorithms=["Ed25519"])


def require_known(roles: Iterable[str]) -> None:
    """Raises CannotRun for a role nobody knows."""
    unknown = [role for role in roles if role not in ROLES]
    if unknown:
        raise CannotRun(f"There is no role {unknown[0]}.", f"The roles are: {', '.join(ROLES)}.")


def _key_pair(home: Home) -> OKPKey:
    path = home.keys / "issuer.private.json"
    if not path.exists():
        home.prepare()
        fresh = OKPKey.generate_key("Ed25519", {"use": "sig", "alg": "Ed25519"}, private=True, auto_kid=True)
        write_private_json(path, fresh.as_dict(private=True))
    return OKPKey.import_key(read_json(path))
