"""Tokens that must open nothing, at any service."""

import hmac
import json
import time
from base64 import urlsafe_b64encode
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from typing import Any

import httpx
from joserfc.jwk import OKPKey

from shared.access.withdrawals import Withdrawals
from shared.clock import SystemClock
from shared.contracts.event import Event
from shared.contracts.identity import AccessWithdrawn, GrantRevoked
from shared.testing.api import ISSUER, Issuer
from tests.access.callers import HOUR, a_grant, signed
from tests.access.matrix import Matrix
from tests.access.operations import Operation

BOUND_SECONDS = 10
WHO = {"sub": "per_1", "roles": ["lead"]}


def _with(**claims: Any) -> Callable[[Issuer], str]:
    return lambda issuer: signed(issuer, {**WHO, **claims})


def _by_another_key(*, kid: str | None) -> Callable[[Issuer], str]:
    """Signed by somebody else, under the name of a known key or of none."""

    def made(issuer: Issuer) -> str:
        other = OKPKey.generate_key("Ed25519", private=True)
        return signed(issuer, WHO, header={"kid": kid or issuer.pair.kid}, key=other)

    return made


def _by_hand(algorithm: str, sign: Callable[[bytes, Issuer], bytes]) -> Callable[[Issuer], str]:
    """What no library would sign."""

    def made(issuer: Issuer) -> str:
        now = int(time.time())
        claims = {**WHO, "iss": ISSUER, "aud": "firstshift", "iat": now, "exp": now + HOUR}
        content = b".".join(
            _part(json.dumps(one).encode()) for one in ({"alg": algorithm, "kid": issuer.pair.kid}, claims)
        )
        return f"{content.decode()}.{_part(sign(content, issuer)).decode()}"

    return made


def _part(content: bytes) -> bytes:
    return urlsafe_b64encode(content).rstrip(b"=")


def _hmac_with(form: Callable[[OKPKey], bytes]) -> Callable[[bytes, Issuer], bytes]:
    return lambda content, issuer: hmac.new(form(issuer.pair), content, sha256).digest()


def _public_pem(pair: OKPKey) -> bytes:
    return pair.as_pem(private=False)


def _public_json(pair: OKPKey) -> bytes:
    return json.dumps(pair.as_dict(private=False)).encode()


FAULTS: Mapping[str, Callable[[Issuer], str]] = {
    "wrong audience": _with(aud="another system"),
    "no audience": _with(aud=None),
    "wrong issuer": _with(iss="https://issuer.example"),
    "no subject": _with(sub=None),
    "expired": _with(exp=int(time.time()) - 60),
    "without an end": _with(exp=None),
    "not yet valid": lambda issuer: signed(issuer, {**WHO, "nbf": int(time.time()) + HOUR}),
    "a service's name": _with(sub="system:payroll"),
    "on behalf of a service": _with(act={"sub": "system:payroll"}),
    "a service's role": _with(roles=["lead", "system"]),
    "a key of somebody else's under a known name": _by_another_key(kid=None),
    "an unknown key": _by_another_key(kid="another"),
    "no signature": _by_hand("none", lambda content, issuer: b""),
    "HS256 with the public key as PEM": _by_hand("HS256", _hmac_with(_public_pem)),
    "HS256 with the public key as JSON": _by_hand("HS256", _hmac_with(_public_json)),
    "another's signature": _by_hand("Ed25519", lambda content, issuer: b"\0" * 64),
}
"""Each with one fault, besides which it is good for a lead."""


async def require_refused(matrix: Matrix) -> None:
    """A read and a command answer 401 to each of them, while the same token without a fault is let in."""
    let_in = []
    for operation in _asked(matrix):
        assert (await _ask(matrix, operation, signed(matrix.issuer, WHO))).status_code != 401
        for fault, make in FAULTS.items():
            answer = await _ask(matrix, operation, make(matrix.issuer))
            is_refused = answer.status_code == 401 and answer.json()["code"] in ("token_invalid", "token_expired")
            let_in += [] if is_refused else [(operation.name, fault, answer.text)]
    assert not let_in


async def require_taken_back(matrix: Matrix, say: Callable[..., Awaitable[None]]) -> None:
    """Within ten seconds after it was said, tokens of before and grants are good no longer; newer tokens are."""
    passed = [0.0]
    wiring = matrix.app.state.wiring
    matrix.app.state.wiring = replace(wiring, withdrawals=Withdrawals(wiring.works, seconds=lambda: passed[0]))
    operation = _asked(matrix)[0]
    now = SystemClock().now()
    person = {**WHO, "iat": int(now.timestamp()) - 60}
    every = {"sub": "per_2", "roles": ["virtual_specialist"], "iat": int(now.timestamp()) - 60}
    lent = {**every, "grants": [a_grant(role) for role in sorted(matrix.app.state.wiring.policy[_action(operation)])]}
    asked = [signed(matrix.issuer, claims) for claims in (person, lent)]
    before = [(await _ask(matrix, operation, token)).status_code for token in asked]
    await _say(say, now, lent)
    passed[0] += BOUND_SECONDS
    after = [(await _ask(matrix, operation, token)).status_code for token in asked]
    newer = signed(matrix.issuer, {**person, "iat": int((now + timedelta(seconds=2)).timestamp())})
    assert (before, after) == ([200, 200], [401, 403])
    assert (await _ask(matrix, operation, newer)).status_code == 200


async def _say(say: Callable[..., Awaitable[None]], now: Any, lent: Mapping[str, Any]) -> None:
    said: list[Event] = [AccessWithdrawn(subject="per_1", withdrawn_at=now, reason="signed_out")]
    said += [
        GrantRevoked(grant_id=grant["id"], person_id="per_2", reason="done", revoked_by="per_3")
        for grant in lent["grants"]
    ]
    await say(*said)


def _action(operation: Operation) -> str:
    return operation.mark.action  # type: ignore[union-attr]


def _asked(matrix: Matrix) -> list[Operation]:
    """A list and a command that a lead may ask for."""
    policy = matrix.app.state.wiring.policy
    known = [one for one in matrix.operations() if "lead" in policy[_action(one)]]
    reads = [one for one in known if one.method == "GET" and one.part in matrix.world.own.rows and not one.names_one]
    return [*reads[:1], *[one for one in known if one.method == "POST"][:1]]


async def _ask(matrix: Matrix, operation: Operation, token: str) -> httpx.Response:
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "1"}
    url = operation.url(matrix.world.own)
    return await matrix.client.request(operation.method, url, json=operation.body(matrix.world.own), headers=headers)
