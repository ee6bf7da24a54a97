"""The OpenID provider that people sign in at: code with PKCE, renewal, signing out, and the exchange of links."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from hashlib import sha256
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

import httpx
from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwt import JWTClaimsRegistry

from portal.domain.browser_session import Tokens
from portal.domain.session_errors import IdentityAway
from shared.access.keys import Keys
from shared.access.secret_texts import new_secret_text
from shared.access.tokens import ALGORITHMS, LEEWAY_SECONDS

CLIENT_ID: Final = "portal"
BY_LINK: Final = "urn:firstshift:grant-type:link"
_FRESH: Final = "0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """What is remembered of somebody who was sent to sign in; `next` is where they wanted to go."""

    state: str
    nonce: str
    verifier: str
    next: str

    def text(self) -> str:
        """As it is sealed."""
        return json.dumps(asdict(self))

    @classmethod
    def read(cls, text: str) -> "Pending":
        """What `text` wrote."""
        return cls(**json.loads(text))


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """Whom identity vouches for, and the tokens it gave."""

    subject: str
    tokens: Tokens


class Identity:
    """One provider, at one address: its discovery document is read once, and its endpoints must be at that address."""

    def __init__(self, url: str, *, issuer: str, keys: Keys, client: httpx.AsyncClient) -> None:
        parts = urlsplit(url)
        self.origin = f"{parts.scheme}://{parts.netloc}"
        self.issuer = issuer
        self._keys = keys
        self.client = client
        self._known: Mapping[str, Any] = {}

    async def depart(self, next_path: str, *, redirect_uri: str, is_fresh: bool) -> tuple[Pending, str]:
        """What to remember, and where to send the browser; `is_fresh` asks for the proofs anew. Raises IdentityAway."""
        pending = Pending(state=new_secret_text(), nonce=new_secret_text(), verifier=new_secret_text(), next=next_path)
        challenge = urlsafe_b64encode(sha256(pending.verifier.encode()).digest()).decode().rstrip("=")
        asked = {
            "response_type": "code",
            "client_id": CLIENT_ID,
            "redirect_uri": redirect_uri,
            "scope": "openid",  # no name and no e-mail: the ID token is shown again in an address when signing out
            "state": pending.state,
            "nonce": pending.nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
            **({"max_age": _FRESH} if is_fresh else {}),
        }
        address = await self._endpoint("authorization_endpoint")
        return pending, f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}"

    async def redeem(self, code: str, pending: Pending, *, redirect_uri: str) -> SignedIn | None:
        """Whom the code stands for; None when it, or the ID token with it, does not hold. Raises IdentityAway."""
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": redirect_uri}
        tokens = await self._tokens({**form, "client_id": CLIENT_ID, "code_verifier": pending.verifier})
        if tokens is None or tokens.id_token is None:
            return None
        subject = await self._subject(tokens.id_token, nonce=pending.nonce)
        return SignedIn(subject=subject, tokens=tokens) if subject else None

    async def renewed(self, tokens: Tokens, *, idle: timedelta) -> Tokens | None:
        """The next tokens; None when identity refuses for good. Raises IdentityAway, also when nobody knows.

        `idle` is how long ago the person last did something. A provider that does not know the field ignores it
        (RFC 6749, 3.2).
        """
        if tokens.link is not None:
            return await self.by_link(tokens.link, visit=tokens.refresh)
        if tokens.refresh is None:
            return None
        form = {"grant_type": "refresh_token", "refresh_token": tokens.refresh, "client_id": CLIENT_ID}
        return await self._tokens({**form, "idle_seconds": str(max(0, int(idle.total_seconds())))})

    async def by_link(self, link: str, *, visit: str | None = None) -> Tokens | None:
        """What whoever holds this link may do for a while; None when it lets nobody in. Raises IdentityAway.

        The first exchange costs one of the link's uses and begins a visit; with the visit, later ones cost none.
        """
        kept = {"visit": visit} if visit else {}
        tokens = await self._tokens({"grant_type": BY_LINK, "link": link, **kept})
        return replace(tokens, link=link, refresh=tokens.refresh or visit) if tokens else None

    async def leave(self, id_token: str | None, *, return_to: str) -> str:
        """Where to send the browser to sign out there, too. Raises IdentityAway when nobody is there."""
        self._known = {}  # asked anew: whoever signs out must not end at an address that does not answer
        address = await self._endpoint("end_session_endpoint")
        said = {"post_logout_redirect_uri": return_to, "client_id": CLIENT_ID}
        hint = {"id_token_hint": id_token} if id_token else {}
        return f"{address}{'&' if '?' in address else '?'}{urlencode({**said, **hint})}"

    async def _subject(self, id_token: str, *, nonce: str) -> str | None:
        """Whom the ID token names, once all of it is checked (OpenID Connect Core, 3.1.3.7)."""
        registry = JWTClaimsRegistry(
            leeway=LEEWAY_SECONDS,
            iss={"essential": True, "value": self.issuer},
            aud={"essential": True, "value": CLIENT_ID},
            nonce={"essential": True, "value": nonce},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
        )
        try:
            kid = jws.extract_compact(id_token.encode()).headers().get("kid")
            decoded = jwt.decode(id_token, await self._keys.current(kid=kid), algorithms=list(ALGORITHMS))
            registry.validate(decoded.claims)
        except (JoseError, ValueError, TypeError, KeyError):
            return None
        subject, azp = decoded.claims["sub"], decoded.claims.get("azp", CLIENT_ID)
        return subject if isinstance(subject, str) and azp == CLIENT_ID else None

    async def _tokens(self, form: Mapping[str, str]) -> Tokens | None:
        """What the token endpoint gives; None for what it refuses by RFC 6749, 5.2."""
        status, said = await self._ask("POST", await self._endpoint("token_endpoint"), data=dict(form))
        if status in (400, 401, 403) and "error" in said:
            return None
        access, lives = said.get("access_token"), said.get("expires_in")
        if status != 200 or not isinstance(access, str) or not isinstance(lives, int):
            raise IdentityAway("identity does not answer as expected")
        return Tokens(
            access=access,
            lives=timedelta(seconds=lives),
            refresh=said.get("refresh_token"),
            id_token=said.get("id_token"),
        )

    async def _endpoint(self, name: str) -> str:
        if not self._known:
            status, found = await self._ask("GET", "/.well-known/openid-configuration")
            if status != 200 or found.get("issuer") != self.issuer:
                raise IdentityAway("identity calls itself otherwise than FIRSTSHIFT_ISSUER")
            self._known = found
        return str(self._known[name])

    async def _ask(self, method: str, address: str, **options: Any) -> tuple[int, Mapping[str, Any]]:
        try:
            answer = await self.client.request(method, address, **options)
            said = answer.json() if answer.status_code < 500 else None
        except (httpx.HTTPError, ValueError) as error:
            raise IdentityAway("identity does not answer") from error
        if not isinstance(said, dict):
            raise IdentityAway("identity does not answer as expected")
        return answer.status_code, said
