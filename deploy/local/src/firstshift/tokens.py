"""The local issuer: signs short tokens with this machine's key until identity takes its place."""

import time
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


def public_keys(home: Home) -> Path:
    """The file of the public keys (JWKS) that services check tokens with; made on first use."""
    path = home.keys / "issuer.public.json"
    pair = _key_pair(home)
    write_private_json(path, KeySet([pair]).as_dict(private=False))
    return path


def sign_token(home: Home, *, roles: list[str], subject: str | None = None, minutes: int = 5) -> str:
    """A signed token for a person of these roles.

    Units: `minutes` is the token's life.
    Raises: CannotRun for a role nobody knows.
    """
    unknown = [role for role in roles if role not in ROLES]
    if unknown:
        raise CannotRun(f"There is no role {unknown[0]}.", f"The roles are: {', '.join(ROLES)}.")
    pair = _key_pair(home)
    now = int(time.time())
    claims = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": subject or f"local-{roles[0]}",
        "roles": roles,
        "iat": now,
        "nbf": now,
        "exp": now + minutes * 60,
        "jti": str(new_uuid()),
    }
    return jwt.encode({"alg": "Ed25519", "kid": pair.kid}, claims, pair, algorithms=["Ed25519"])


def _key_pair(home: Home) -> OKPKey:
    path = home.keys / "issuer.private.json"
    if not path.exists():
        home.prepare()
        fresh = OKPKey.generate_key("Ed25519", {"use": "sig", "alg": "Ed25519"}, private=True, auto_kid=True)
        write_private_json(path, fresh.as_dict(private=True))
    return OKPKey.import_key(read_json(path))
