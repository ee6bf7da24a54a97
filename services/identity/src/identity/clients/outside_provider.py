"""Sign-in by an outside OpenID provider: code with PKCE, state and nonce, its ID token checked in full."""

import json
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

import httpx
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from joserfc.jwt import JWTClaimsRegistry

from shared.access.secret_texts import new_secret_text
from shared.errors import Unavailable
from shared.outbound.errors import AddressRefused

ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA", "Ed25519"]
LEEWAY_SECONDS = 60
LONGEST_AGO_SECONDS = 300
"""A provider that says when it asked must have asked just now: what follows counts as a fresh sign-in here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """What is remembered of a person who was sent to the provider, in a sealed cookie of their browser."""

    state: str
    nonce: str
    verifier: str
    query: str
    """The authorization request that they came with, to be answered when they are back."""

    def text(self) -> str:
        """As it is sealed."""
        return json.dumps([self.state, self.nonce, self.verifier, self.query])

    @classmethod
    def read(cls, text: str) -> "Departure":
        """What `text` wrote."""
        state, nonce, verifier, query = json.loads(text)
        return cls(state=state, nonce=nonce, verifier=verifier, query=query)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outsider:
    """Whom the provider vouches for: its issuer and its subject, never an e-mail address."""

    issuer: str
    subject: str


class OutsideProvider:
    """One provider, by its discovery document."""

    def __init__(
        self,
        client: httpx.AsyncClient,
        *,
        issuer: str,
        client_id: str,
        client_secret: str,
        proves_second_factor: bool,
    ) -> None:
        self.issuer = issuer
        self.proves_second_factor = proves_second_factor
        self._client = client
        self._client_id = client_id
        self._client_secret = client_secret
        self._known: dict[str, Any] = {}

    async def depart(self, query: str, *, redirect_uri: str) -> tuple[Departure, str]:
        """What to remember, and the address to send the person to. Raises Unavailable."""
        departure = Departure(state=new_secret_text(), nonce=new_secret_text(), verifier=new_secret_text(), query=query)
        challenge = urlsafe_b64encode(sha256(departure.verifier.encode()).digest()).decode().rstrip("=")
        asked = {
            "response_type": "code",
            "client_id": self._client_id,
            "redirect_uri": redirect_uri,
            "scope": "openid",
            "state": departure.state,
            "nonce": departure.nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
            "prompt": "login",  # this service asks only when somebody is to prove anew who they are
        }
        address = str((await self._configuration())["authorization_endpoint"])
        return departure, f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}"

    async def outsider(self, code: str, departure: Departure, *, redirect_uri: str) -> Outsider | None:
        """Whom the code stands for; None when it, or the ID token it brings, does not hold. Raises Unavailable."""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": redirect_uri,
            "code_verifier": departure.verifier,
            "client_id": self._client_id,
        }
        if self._client_secret:
            form["client_secret"] = self._client_secret
        address = str((await self._configuration())["token_endpoint"])
        answer = await self._ask("POST", address, data=form)
        token = answer.get("id_token")
        return await self._checked(token, departure.nonce) if isinstance(token, str) else None

    async def _checked(self, token: str, nonce: str) -> Outsider | None:
        address = str((await self._configuration())["jwks_uri"])
        registry = JWTClaimsRegistry(
            leeway=LEEWAY_SECONDS,
            iss={"essential": True, "value": self.issuer},
            aud={"essential": True, "value": self._client_id},
            nonce={"essential": True, "value": nonce},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
        )
        try:
            keys = KeySet.import_key_set(await self._ask("GET", address))  # type: ignore[arg-type]
            claims = jwt.decode(token, keys, algorithms=ALGORITHMS).claims
            registry.validate(claims)
        except (JoseError, ValueError, TypeError, KeyError):
            return None
        signed_in = claims.get("auth_time", claims["iat"])
        if not isinstance(signed_in, int) or signed_in < claims["iat"] - LONGEST_AGO_SECONDS:
            return None
        if claims.get("azp", self._client_id) != self._client_id or not isinstance(claims["sub"], str):
            return None
        return Outsider(issuer=self.issuer, subject=claims["sub"])

    async def _configuration(self) -> dict[str, Any]:
        """Read once; a provider that calls itself otherwise is not the one that was meant (Discovery, 4.3)."""
        if not self._known:
            found = await self._ask("GET", self.issuer.rstrip("/") + "/.well-known/openid-configuration")
            if found.get("issuer") != self.issuer:
                raise Unavailable("the outside provider calls itself otherwise")
            self._known = found
        return self._known

    async def _ask(self, method: str, address: str, **options: Any) -> dict[str, Any]:
        try:
            answer = await self._client.request(method, address, **options)
            content = answer.json() if answer.status_code < 500 else None
        except (httpx.HTTPError, AddressRefused, ValueError) as error:
            raise Unavailable("the outside provider does not answer") from error
        if not isinstance(content, dict):
            raise Unavailable("the outside provider does not answer as expected")
        return content
