"""Signs in at identity as a person does in a browser: its pages, then a code and PKCE (RFC 6749, RFC 7636)."""

import asyncio
import secrets
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx

from firstshift.errors import CannotRun

CLIENT = "portal"
RETURN_TO = "http://127.0.0.1:8400/signed-in"
"""Where identity sends a browser back to; nobody need listen there, for the answer is read on the way."""
ANSWER_SECONDS = 30
STEP_SECONDS = 30
"""A code of an app is taken once (RFC 6238, 5.2); the next one comes with the next step."""

MOST_WAITS, LONGEST_WAIT_SECONDS = 3, 5
"""Identity counts tries before it looks at them, so people who sign in side by side may be asked to wait a second."""


class NotSignedIn(CannotRun):
    """Identity did not let somebody in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proofs:
    """Who signs in and how; `code` gives what an authenticator app shows now, where there is one."""

    email: str
    password: str
    code: Callable[[], str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """An access token, and when it ends (real time, seconds since 1970)."""

    text: str
    ends_at: float


async def sign_in(address: str, proofs: Proofs) -> Token:
    """A fresh token of identity at this address.

    A code that was used before is tried again with the next one, so this may take half a minute. Raises NotSignedIn.
    """
    verifier, state = secrets.token_urlsafe(48), secrets.token_urlsafe(16)
    asked = {
        "response_type": "code",
        "client_id": CLIENT,
        "redirect_uri": RETURN_TO,
        "scope": "openid",
        "state": state,
        "nonce": secrets.token_urlsafe(16),
        "code_challenge": urlsafe_b64encode(sha256(verifier.encode()).digest()).decode().rstrip("="),
        "code_challenge_method": "S256",
    }
    async with httpx.AsyncClient(base_url=address, trust_env=False, timeout=ANSWER_SECONDS) as browser:
        came_back = await _through_the_pages(browser, asked, proofs)
        code = _code_of(came_back, state=state)
        form = {"grant_type": "authorization_code", "client_id": CLIENT, "redirect_uri": RETURN_TO, "code": code}
        return await token_of(browser, {**form, "code_verifier": verifier})


async def token_of(http: httpx.AsyncClient, form: dict[str, str]) -> Token:
    """What identity's token endpoint gives for this form. Raises NotSignedIn."""
    began = time.time()
    try:
        answer = await http.post("/token", data=form)
    except httpx.HTTPError as error:
        raise NotSignedIn(f"identity did not answer ({type(error).__name__}).", "See `firstshift status`.") from None
    said: dict[str, Any] = answer.json()
    if answer.is_error:
        why = said.get("error_description") or said.get("detail")
        raise NotSignedIn(f"identity gives no token: {why}", "`firstshift doctor` looks closer.")
    return Token(text=said["access_token"], ends_at=began + said["expires_in"])


async def _through_the_pages(browser: httpx.AsyncClient, asked: dict[str, str], proofs: Proofs) -> httpx.Response:
    page = await browser.get("/authorize", params=asked)
    answer = await _post(browser, page, step="password", email=proofs.email, password=proofs.password)
    if answer.is_redirect:
        return answer
    if answer.is_error or proofs.code is None:
        raise _refused(answer, f"the password of {proofs.email}")
    answer = await _post(browser, page, step="code", code=proofs.code())
    if answer.status_code == httpx.codes.BAD_REQUEST:
        await asyncio.sleep(STEP_SECONDS - time.time() % STEP_SECONDS)
        answer = await _post(browser, page, step="code", code=proofs.code())
    if answer.is_error:
        raise _refused(answer, f"the code of {proofs.email}")
    # The first code that is ever right leads to a page with recovery codes, from which the same request goes on.
    return answer if answer.is_redirect else await browser.get("/authorize", params=asked)


async def _post(browser: httpx.AsyncClient, page: httpx.Response, **form: str) -> httpx.Response:
    """Sends a page's form, which leads to the page's own address, as browsers do; again when told to wait a moment."""
    for _ in range(MOST_WAITS):
        answer = await browser.post(page.url, data=form, headers={"Origin": str(browser.base_url).rstrip("/")})
        wait = answer.headers.get("retry-after", "")
        if not wait.isdigit() or int(wait) > LONGEST_WAIT_SECONDS:
            break
        await asyncio.sleep(int(wait))
    return answer


def _code_of(answer: httpx.Response, *, state: str) -> str:
    address = str(answer.headers.get("location", ""))
    said = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    if "code" not in said or said.get("state") != state:
        raise NotSignedIn("identity sent no code back.", "Look into its log.")
    return said["code"]


def _refused(answer: httpx.Response, proof: str) -> NotSignedIn:
    if wait := answer.headers.get("retry-after"):
        return NotSignedIn("There were too many tries.", f"Try again in {wait} s.")
    return NotSignedIn(f"identity does not take {proof}.", "Was it changed since the demo opened the account?")
