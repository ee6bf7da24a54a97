"""Makes signing keys (Ed25519) and signs tokens with them."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from joserfc import jwt
from joserfc.jwk import KeySet, OKPKey

from identity.clients.sealing import Sealer
from identity.domain.access import TOKEN_LIVES
from identity.domain.signing_key import SigningKey
from shared.ids import new_uuid

ALGORITHM: Final = "Ed25519"
AUDIENCE: Final = "firstshift"


class Signer:
    """Signs as one issuer. Opened keys stay in memory: there are three at most."""

    def __init__(self, sealer: Sealer, *, issuer: str) -> None:
        self.issuer = issuer
        self._sealer = sealer
        self._opened: dict[str, OKPKey] = {}

    async def new_key(self, *, made_at: datetime) -> SigningKey:
        """A fresh key, which signs nothing yet. Raises VaultUnavailable when it cannot be sealed."""
        pair = OKPKey.generate_key("Ed25519", {"use": "sig", "alg": ALGORITHM}, private=True, auto_kid=True)
        kid = str(pair.kid)
        return SigningKey(
            kid=kid,
            public_jwk=json.dumps(pair.as_dict(private=False)),
            sealed_private_jwk=await self._sealer.seal(json.dumps(pair.as_dict(private=True)), place=_place(kid)),
            made_at=made_at,
        )

    async def access_token(self, claims: Mapping[str, Any], *, key: SigningKey, asked_at: int) -> str:
        """An access token of five minutes with these claims (RFC 9068).

        `asked_at`, in seconds of the epoch, is before what it says was looked up: a token that was being made while
        somebody's access was withdrawn is dated before the withdrawal, which refuses it.
        """
        common = {"aud": AUDIENCE, "jti": str(new_uuid())}
        return await self._signed({**claims, **common}, key, kind="at+jwt", issued_at=asked_at)

    async def id_token(self, claims: Mapping[str, Any], *, key: SigningKey, asked_at: int) -> str:
        """An ID token of five minutes with these claims (OpenID Connect Core, 2)."""
        return await self._signed(claims, key, kind="JWT", issued_at=asked_at)

    async def _signed(self, claims: Mapping[str, Any], key: SigningKey, *, kind: str, issued_at: int) -> str:
        times = {"iss": self.issuer, "iat": issued_at, "exp": issued_at + int(TOKEN_LIVES.total_seconds())}
        header = {"alg": ALGORITHM, "kid": key.kid, "typ": kind}
        return jwt.encode(header, {**claims, **times}, await self._pair(key), algorithms=[ALGORITHM])

    async def _pair(self, key: SigningKey) -> OKPKey:
        if key.kid not in self._opened:
            opened = await self._sealer.open(key.sealed_private_jwk, place=_place(key.kid))
            self._opened = dict(list(self._opened.items())[-2:])
            self._opened[key.kid] = OKPKey.import_key(json.loads(opened))
        return self._opened[key.kid]


def key_set(keys: Sequence[SigningKey]) -> KeySet:
    """The public halves of these keys."""
    return KeySet([OKPKey.import_key(json.loads(key.public_jwk)) for key in keys])


def _place(kid: str) -> str:
    return f"identity/signing_key/{kid}/sealed_private_jwk"
