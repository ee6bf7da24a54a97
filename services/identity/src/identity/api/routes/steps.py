"""The steps of signing in for one authorization request: password, second factor, outside provider, and back."""

from dataclasses import dataclass
from urllib.parse import urlencode

import structlog
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from identity.api.routes.cookies import Cookie
from identity.api.routes.pages import page
from identity.api.routes.parts import OpenDoor, Parts, caller
from identity.app.authorize import Authorize, authorize
from identity.app.propose_second_factor import propose_second_factor
from identity.app.prove_second_factor import ProveSecondFactor, prove_second_factor
from identity.app.refuse_password import RefusePassword, refuse_password
from identity.app.sign_in import SignIn, sign_in
from identity.app.start_attempt import Attempt, StartAttempt, start_attempt
from identity.clients.one_time_codes import address_for_app
from identity.domain.authorization import AuthorizationRequest
from identity.domain.sign_in import NotSignedIn, Reason, SignedIn
from shared.access.secret_texts import new_secret_text, secret_hash
from shared.http.cookies import Kept, drop, hash_of, put, value_of

log = structlog.get_logger()

RETURN_PATH = "/signed-in-outside"
OUTSIDE_PLACE = "identity/cookie/outside"

WRONG_PASSWORD = "E-mail or password is not right."  # noqa: S105  # said to people
WRONG_CODE = "This code is not right, or was used before. Wait for the next one."
START_AGAIN = "That took too long. Please sign in again."


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """What every step needs: the browser's request, and the authorization request that all of it is for."""

    request: Request
    door: OpenDoor
    have: Parts
    asked: AuthorizationRequest
    query: str

    async def back_if_signed_in(self, token_hash: str | None, *, was_asked: bool = False) -> Response | None:
        """Back to the client with a code, for the session of this cookie; None when it opens nothing."""
        command = Authorize(request=self.asked, token_hash=token_hash, was_asked=was_asked)
        code = await self.door.act(lambda work: authorize(work, command))
        return None if code is None else back(self.asked, self.have, code=code)

    async def password(self, email: str, password: str) -> Response:
        """The first proof."""
        started = StartAttempt(
            email=email[:254], address=caller(self.request, self.have), device_hash=self._hash(Cookie.DEVICE)
        )
        attempt = await self.door.act(lambda work: start_attempt(work, started))
        if attempt.wait:
            return self._not_in(NotSignedIn(reason=Reason.TOO_SOON, wait=attempt.wait), email)
        is_right = await self.have.passwords.is_right(password, attempt.password_hash)
        if not is_right or attempt.person_id is None:
            refused = RefusePassword(person_id=attempt.person_id, counter=attempt.counters[0])
            await self.door.act(lambda work: refuse_password(work, refused))
            return self._not_in(NotSignedIn(reason=Reason.WRONG), email)
        return await self._first_proof(attempt, email)

    async def code(self, code: str) -> Response:
        """The second proof."""
        token_hash = self._hash(Cookie.PENDING)
        if token_hash is None:
            return self.sign_in_page(START_AGAIN)
        device = self._device()
        command = ProveSecondFactor(
            token_hash=token_hash, code=code, replaced=self._hash(Cookie.SESSION), device_hash=secret_hash(device)
        )
        outcome = await self.door.act(lambda work: prove_second_factor(work, command, sealer=self.have.sealer))
        if isinstance(outcome, SignedIn):
            return await self.complete(outcome, device)
        return await self._wrong_code(outcome, token_hash)

    async def come_in(self, person_id: str, *, methods: tuple[str, ...]) -> Response:
        """The first proof was given to an outside provider."""
        device = self._device()
        command = SignIn(
            person_id=person_id,
            methods=methods,
            replaced=self._hash(Cookie.SESSION),
            device_hash=secret_hash(device),
        )
        return await self._begun(await self.door.act(lambda work: sign_in(work, command)), device, email="")

    async def complete(self, done: SignedIn, device: str) -> Response:
        """The session holds: its cookies, and back to the client or first to the recovery codes."""
        response = await self.back_if_signed_in(secret_hash(done.token), was_asked=True)
        if response is None:
            return self.sign_in_page(START_AGAIN)
        if done.recovery_codes:
            response = page("recovery", fault=None, codes=done.recovery_codes, action=self._action_without_prompt())
        put(response, Cookie.SESSION, value=done.token, is_secure=self.have.is_secure)
        put(response, Cookie.DEVICE, value=device, is_secure=self.have.is_secure)
        drop(response, Cookie.PENDING, is_secure=self.have.is_secure)
        log.info("identity.signed_in", person_id=done.session.person_id, methods=done.session.methods)
        return response

    def sign_in_page(self, fault: str | None = None, *, email: str = "", status: int = 0) -> Response:
        """The page that asks for address and password."""
        return page(
            "sign_in",
            status=status or (400 if fault else 200),
            leads_to=self._leads_to(),
            fault=fault,
            email=email,
            action=self._action(),
            has_outside=self.have.outside is not None,
        )

    async def depart(self) -> Response:
        """Sends the person to the outside provider."""
        if self.have.outside is None:
            return self.sign_in_page("There is no other way to sign in here.")
        departure, address = await self.have.outside.depart(self.query, redirect_uri=self._return_address())
        response = RedirectResponse(address, 303)
        sealed = await self.have.sealer.seal(departure.text(), place=OUTSIDE_PLACE)
        put(response, Cookie.OUTSIDE, value=sealed, is_secure=self.have.is_secure)
        return response

    async def _first_proof(self, attempt: Attempt, email: str) -> Response:
        assert attempt.person_id
        device = self._device()
        command = SignIn(
            person_id=attempt.person_id,
            methods=("pwd",),
            counters=attempt.counters,
            replaced=self._hash(Cookie.SESSION),
            device_hash=secret_hash(device),
        )
        return await self._begun(await self.door.act(lambda work: sign_in(work, command)), device, email=email)

    async def _begun(self, outcome: SignedIn | NotSignedIn, device: str, *, email: str) -> Response:
        if isinstance(outcome, NotSignedIn):
            return self._not_in(outcome, email)
        if outcome.session.is_complete:
            return await self.complete(outcome, device)
        response = await self._code_page(secret_hash(outcome.token))
        put(response, Cookie.PENDING, value=outcome.token, is_secure=self.have.is_secure)
        return response

    async def _wrong_code(self, outcome: NotSignedIn, token_hash: str) -> Response:
        if outcome.reason is Reason.START_AGAIN:
            return self.sign_in_page(START_AGAIN)
        if outcome.reason is Reason.TOO_SOON:
            return _told_to_wait(await self._code_page(token_hash, _wait(outcome), status=429), outcome)
        return await self._code_page(token_hash, WRONG_CODE, status=400)

    def _not_in(self, outcome: NotSignedIn, email: str) -> Response:
        log.info("identity.not_signed_in", reason=outcome.reason)
        if outcome.reason is Reason.TOO_SOON:
            return _told_to_wait(self.sign_in_page(_wait(outcome), email=email, status=429), outcome)
        return self.sign_in_page(WRONG_PASSWORD, email=email)

    async def _code_page(self, token_hash: str, fault: str | None = None, *, status: int = 200) -> Response:
        sealer = self.have.sealer
        proposal = await self.door.act(lambda work: propose_second_factor(work, token_hash, sealer=sealer))
        return page(
            "code",
            status=status,
            leads_to=self._leads_to(),
            fault=fault,
            action=self._action(),
            secret=proposal.secret if proposal else None,
            address=address_for_app(proposal.secret, proposal.email) if proposal else None,
        )

    def _hash(self, cookie: Kept) -> str | None:
        return hash_of(self.request, cookie, is_secure=self.have.is_secure)

    def _device(self) -> str:
        """The device's secret; a new one for a device not seen before."""
        return value_of(self.request, Cookie.DEVICE, is_secure=self.have.is_secure) or new_secret_text()

    def _leads_to(self) -> list[str]:
        outside = [self.have.outside.issuer] if self.have.outside else []
        return [self.asked.redirect_uri, *outside]

    def _return_address(self) -> str:
        return self.have.signer.issuer + RETURN_PATH

    def _action(self) -> str:
        return f"/authorize?{self.query}"

    def _action_without_prompt(self) -> str:
        """The same request, once the sign-in that it asked for is done."""
        kept = [pair for pair in self.query.split("&") if pair.partition("=")[0] not in ("prompt", "max_age")]
        return f"/authorize?{'&'.join(kept)}"


def back(asked: AuthorizationRequest, have: Parts, **answer: str) -> Response:
    """Back to the client with this answer (RFC 6749, 4.1.2; `iss` by RFC 9207)."""
    return back_to(asked.redirect_uri, asked.state, have=have, **answer)


def back_to(redirect_uri: str, state: str | None, *, have: Parts, **answer: str) -> Response:
    """The same for a request that could not be read in full."""
    said = {**answer, **({"state": state} if state else {}), "iss": have.signer.issuer}
    return RedirectResponse(f"{redirect_uri}{'&' if '?' in redirect_uri else '?'}{urlencode(said)}", 303)


def _wait(outcome: NotSignedIn) -> str:
    seconds = _seconds(outcome)
    return f"Too many tries. Please wait {seconds} second{'' if seconds == 1 else 's'}."


def _told_to_wait(response: Response, outcome: NotSignedIn) -> Response:
    response.headers["Retry-After"] = str(_seconds(outcome))
    return response


def _seconds(outcome: NotSignedIn) -> int:
    return int(outcome.wait.total_seconds()) + 1
