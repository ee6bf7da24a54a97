"""Verifies a signed access token and says who holds it; one that was verified is known again until it ends."""

import binascii
import json
import time
from base64 import urlsafe_b64decode
from dataclasses import dataclass
from hashlib import sha256

from joserfc import jwt
from joserfc.errors import ExpiredTokenError, JoseError, UnsupportedAlgorithmError
from joserfc.jwa import JWSAlgModel
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry
from joserfc.jwt import JWTClaimsRegistry

from shared.access.claims import principal_of
from shared.access.errors import TokenExpired, TokenInvalid, TokenMissing
from shared.access.keys import Keys
from shared.principal import Principal

AUDIENCE = "firstshift"
ALGORITHMS = ("Ed25519", "EdDSA")
"""Two names of one signature: RFC 9864 and RFC 8037. Nothing else is accepted, `none` and HS256 least of all."""

TYPES = ("at+jwt", "application/at+jwt")
"""How an access token calls itself (RFC 9068, 4): what else the issuer signs, ID tokens above all, opens nothing."""

LEEWAY_SECONDS = 5
LONGEST_TOKEN = 8192
MOST_REMEMBERED = 2000
"""Tokens; the one known longest makes room."""


class _Signatures(JWSRegistry):
    """The allowed algorithms; joserfc would warn about the older name at each token that uses it."""

    def get_alg(self, name: str) -> JWSAlgModel:
        if name not in ALGORITHMS:
            raise UnsupportedAlgorithmError("not an allowed algorithm")
        return self.algorithms[name]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What was found about a token, with the keys of that time; `until` is its end, in seconds of the epoch."""

    principal: Principal
    key_id: str | None
    keys: KeySet
    until: float


class Verifier:
    """Checks tokens of one issuer for this system.

    A signature costs as much as a small query, and a person sends the same token many times: a verified one is
    remembered by its hash until it ends, or the issuer's keys are others. Nothing is remembered of a refused one.
    """

    def __init__(self, keys: Keys, *, issuer: str, most_remembered: int = MOST_REMEMBERED) -> None:
        self._keys = keys
        self._most_remembered = most_remembered
        self._known: dict[bytes, _Known] = {}
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
        fingerprint = sha256(token.encode()).digest()
        known = self._known.get(fingerprint)
        keys = await self._keys.current(kid=known.key_id if known else _key_id(token))
        if known is None or known.keys is not keys or time.time() >= known.until:
            self._known.pop(fingerprint, None)
            known = self._verified(token, keys)
            self._remember(fingerprint, known)
        return known.principal

    def _verified(self, token: str, keys: KeySet) -> _Known:
        try:
            decoded = jwt.decode(token, keys, registry=_Signatures())
            self._claims.validate(decoded.claims)
        except ExpiredTokenError:
            raise TokenExpired from None
        except (JoseError, ValueError, TypeError, KeyError):
            raise TokenInvalid from None
        if str(decoded.header.get("typ")).lower() not in TYPES:
            raise TokenInvalid
        claims = decoded.claims
        return _Known(principal=principal_of(claims), key_id=_key_id(token), keys=keys, until=claims["exp"])

    def _remember(self, fingerprint: bytes, known: _Known) -> None:
        if len(self._known) >= self._most_remembered:
            del self._known[next(iter(self._known))]
        self._known[fingerprint] = known


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
