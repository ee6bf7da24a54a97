"""Verifies a signed access token and says who holds it."""

import binascii
import json
from base64 import urlsafe_b64decode

from joserfc import jwt
from joserfc.errors import ExpiredTokenError, JoseError, UnsupportedAlgorithmError
from joserfc.jwa import JWSAlgModel
from joserfc.jws import JWSRegistry
from joserfc.jwt import JWTClaimsRegistry

from shared.http.errors import TokenExpired, TokenInvalid, TokenMissing
from shared.http.keys import Keys
from shared.principal import Principal

AUDIENCE = "firstshift"
ALGORITHMS = ("Ed25519", "EdDSA")
"""Two names of one signature: RFC 9864 and RFC 8037. Nothing else is accepted, `none` and HS256 least of all."""

LEEWAY_SECONDS = 5
LONGEST_TOKEN = 8192


class _Signatures(JWSRegistry):
    """The allowed algorithms; joserfc would warn about the older name at each token that uses it."""

    def get_alg(self, name: str) -> JWSAlgModel:
        if name not in ALGORITHMS:
            raise UnsupportedAlgorithmError("not an allowed algorithm")
        return self.algorithms[name]


class Verifier:
    """Checks tokens of one issuer for this system."""

    def __init__(self, keys: Keys, *, issuer: str) -> None:
        self._keys = keys
        self._claims = JWTClaimsRegistry(
            leeway=LEEWAY_SECONDS,
            iss={"essential": True, "value": issuer},
            aud={"essential": True, "value": AUDIENCE},
            sub={"essential": True},
            exp={"essential": True},
        )

    async def principal(self, authorization: str | None) -> Principal:
        """Who holds the token of this Authorization header.

        Raises TokenMissing, TokenExpired or TokenInvalid, which say no more than their names, and Unavailable when
        the issuer's keys cannot be had.
        """
        token = _bearer(authorization)
        keys = await self._keys.current(kid=_key_id(token))
        try:
            claims = jwt.decode(token, keys, registry=_Signatures()).claims
            self._claims.validate(claims)
        except ExpiredTokenError:
            raise TokenExpired from None
        except (JoseError, ValueError, TypeError, KeyError):
            raise TokenInvalid from None
        return _principal(claims)


def _bearer(authorization: str | None) -> str:
    scheme, _, token = (authorization or "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise TokenMissing
    if len(token) > LONGEST_TOKEN:
        raise TokenInvalid
    return token.strip()


def _key_id(token: str) -> str | None:
    """The id of the key that the token says it was signed with; only chooses the key, proves nothing."""
    part = token.partition(".")[0]
    try:
        header = json.loads(urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (ValueError, binascii.Error, RecursionError):
        raise TokenInvalid from None
    kid = header.get("kid") if isinstance(header, dict) else None
    return kid if isinstance(kid, str) else None


def _principal(claims: dict[str, object]) -> Principal:
    subject, roles = claims.get("sub"), claims.get("roles", [])
    if not isinstance(subject, str) or not 1 <= len(subject) <= 200 or subject.startswith("system:"):
        raise TokenInvalid
    if not isinstance(roles, list) or not all(isinstance(role, str) for role in roles) or "system" in roles:
        raise TokenInvalid
    return Principal(subject=subject, roles=frozenset(roles))
