"""Access tokens: who is let in, and how little is said to who is not."""

import asyncio
import json
import os
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
import time_machine
from joserfc import jwt
from joserfc.jwk import KeySet, OctKey, OKPKey

from shared.access.errors import TokenExpired, TokenInvalid, TokenMissing
from shared.access.keys import FileKeys, RemoteKeys
from shared.access.tokens import Verifier
from shared.errors import Unavailable
from shared.principal import Principal

Sign = Callable[..., dict[str, str]]


class HeldKeys:
    """Keys that a test replaces."""

    def __init__(self, keys: KeySet) -> None:
        self.keys = keys

    async def current(self, *, kid: str | None) -> KeySet:
        return self.keys


@pytest.fixture
def verifier(key_file: Path) -> Verifier:
    return Verifier(FileKeys(key_file), issuer="tests")


async def test_a_good_token_names_its_holder_and_roles(verifier: Verifier, sign: Sign) -> None:
    principal = await verifier.principal(sign()["Authorization"])
    assert principal == Principal(subject="ada", roles=frozenset({"recruiter"}))


@pytest.mark.filterwarnings("ignore:EdDSA is deprecated")  # while signing; verifying must not warn
async def test_the_older_name_of_the_algorithm_is_accepted(
    verifier: Verifier, pair: OKPKey, claims: dict[str, Any]
) -> None:
    token = jwt.encode({"alg": "EdDSA", "kid": pair.kid, "typ": "at+jwt"}, claims, pair, algorithms=["EdDSA"])
    assert (await verifier.principal(f"bearer {token}")).subject == "ada"


def unsigned(header: dict[str, Any], claims: dict[str, Any], signature: str = "") -> str:
    parts = [urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in (header, claims)]
    return f"Bearer {parts[0]}.{parts[1]}.{signature}"


@pytest.mark.parametrize("algorithm", ["none", "None", "NONE", "", None, 7])
async def test_an_unsigned_token_is_refused(
    verifier: Verifier, claims: dict[str, Any], pair: OKPKey, algorithm: Any
) -> None:
    for header in ({"alg": algorithm}, {"alg": algorithm, "kid": pair.kid}):
        with pytest.raises(TokenInvalid):
            await verifier.principal(unsigned(header, claims))


async def test_a_token_signed_with_the_public_key_as_a_shared_secret_is_refused(
    verifier: Verifier, pair: OKPKey, claims: dict[str, Any]
) -> None:
    for secret in (pair.as_dict(private=False)["x"], json.dumps(pair.as_dict(private=False))):
        key = OctKey.import_key(str(secret))
        token = jwt.encode({"alg": "HS256", "kid": pair.kid, "typ": "at+jwt"}, claims, key, algorithms=["HS256"])
        with pytest.raises(TokenInvalid):
            await verifier.principal(f"Bearer {token}")


async def test_a_token_of_another_key_under_the_known_id_is_refused(
    verifier: Verifier, pair: OKPKey, claims: dict[str, Any]
) -> None:
    other = OKPKey.generate_key("Ed25519", {"kid": pair.kid or ""})
    token = jwt.encode({"alg": "Ed25519", "kid": pair.kid, "typ": "at+jwt"}, claims, other, algorithms=["Ed25519"])
    with pytest.raises(TokenInvalid):
        await verifier.principal(f"Bearer {token}")


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("another audience", {"aud": "payroll-inc"}),
        ("no audience", {"aud": None}),
        ("another issuer", {"iss": "elsewhere"}),
        ("not valid yet", {"nbf": int(time.time()) + 600}),
        ("no end", {"exp": None}),
        ("an end in words", {"exp": "tomorrow"}),
        ("no subject", {"sub": None}),
        ("an empty subject", {"sub": ""}),
        ("a subject that only services have", {"sub": "system:payroll"}),
        ("a role that only services have", {"roles": ["system"]}),
        ("roles as one text", {"roles": "recruiter"}),
    ],
)
async def test_a_token_with_wrong_claims_is_refused(
    verifier: Verifier, sign: Sign, name: str, changes: dict[str, Any]
) -> None:
    with pytest.raises(TokenInvalid) as refused:
        await verifier.principal(sign(**changes)["Authorization"])
    assert str(refused.value) == "The access token is not valid here.", name


async def test_a_token_is_good_until_five_seconds_after_its_end(verifier: Verifier, sign: Sign) -> None:
    now = int(time.time())
    assert (await verifier.principal(sign(exp=now - 2)["Authorization"])).subject == "ada"
    with pytest.raises(TokenExpired):
        await verifier.principal(sign(exp=now - 10)["Authorization"])


@pytest.mark.parametrize("header", [None, "", "Basic YTpi", "Bearer", "Bearer  "])
async def test_a_request_without_a_token_is_told_so(verifier: Verifier, header: str | None) -> None:
    with pytest.raises(TokenMissing):
        await verifier.principal(header)


@pytest.mark.parametrize("token", ["x", "a.b.c", "..", "é.é.é", "W10.e30.", "x" * 10_000])
async def test_what_is_no_token_is_refused(verifier: Verifier, token: str) -> None:
    with pytest.raises(TokenInvalid):
        await verifier.principal(f"Bearer {token}")


async def test_a_changed_key_file_is_read_again(verifier: Verifier, key_file: Path, sign: Sign) -> None:
    await verifier.principal(sign()["Authorization"])
    other = OKPKey.generate_key("Ed25519", auto_kid=True)
    key_file.write_text(json.dumps(KeySet([other]).as_dict(private=False)))
    os.utime(key_file, ns=(1, 1))
    with pytest.raises(TokenInvalid):
        await verifier.principal(sign()["Authorization"])


async def test_a_remembered_token_is_verified_again_with_other_keys_and_after_its_end(pair: OKPKey, sign: Sign) -> None:
    """INVARIANT: remembering a verified token lets nobody in whom verifying it would keep out.

    What breaks it: remembering without the keys it was verified with, past its end, or by less than the whole token.
    """
    held = HeldKeys(KeySet([pair]))
    remembering = Verifier(held, issuer="tests")
    good, soon_over = sign()["Authorization"], sign(exp=int(time.time()) + 60)["Authorization"]
    for token in (good, soon_over):
        assert (await remembering.principal(token)).subject == "ada"
    with pytest.raises(TokenInvalid):
        await remembering.principal(good[:-8] + "AAAAAAAA")
    with time_machine.travel(time.time() + 120, tick=False):
        assert (await remembering.principal(good)).subject == "ada"
        with pytest.raises(TokenExpired):
            await remembering.principal(soon_over)
    held.keys = KeySet([OKPKey.generate_key("Ed25519", auto_kid=True)])
    with pytest.raises(TokenInvalid):
        await remembering.principal(good)


async def test_only_so_many_verified_tokens_are_remembered(pair: OKPKey, sign: Sign) -> None:
    held = HeldKeys(KeySet([pair]))
    remembering = Verifier(held, issuer="tests", most_remembered=2)
    first, second, third = (sign(sub=name)["Authorization"] for name in ("ada", "bob", "cleo"))
    for token in (first, second, third):
        await remembering.principal(token)
    held.keys.keys.clear()  # whoever is still let in was not verified again
    assert [(await remembering.principal(token)).subject for token in (second, third)] == ["bob", "cleo"]
    with pytest.raises(TokenInvalid):
        await remembering.principal(first)


async def test_without_the_issuers_keys_nobody_is_judged(verifier: Verifier, key_file: Path, sign: Sign) -> None:
    key_file.unlink()
    with pytest.raises(Unavailable):
        await verifier.principal(sign()["Authorization"])


async def test_keys_at_an_address_are_asked_once_and_again_for_an_unknown_id(pair: OKPKey, sign: Sign) -> None:
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        return httpx.Response(200, json=KeySet([pair]).as_dict(private=False))

    async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as issuer:
        verifier = Verifier(RemoteKeys("http://issuer/jwks", issuer), issuer="tests")
        for _ in range(3):
            assert (await verifier.principal(sign()["Authorization"])).subject == "ada"
        with pytest.raises(TokenInvalid):
            await verifier.principal(unsigned({"alg": "Ed25519", "kid": "other"}, {}, "AA"))
    assert asked == ["http://issuer/jwks"]


async def test_whoever_comes_while_the_keys_are_asked_for_waits_for_them(pair: OKPKey, sign: Sign) -> None:
    asked, may_answer = list[str](), asyncio.Event()

    async def answer(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        await may_answer.wait()
        return httpx.Response(200, json=KeySet([pair]).as_dict(private=False))

    async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as issuer:
        verifier = Verifier(RemoteKeys("http://issuer/jwks", issuer), issuer="tests")
        calls = [asyncio.create_task(verifier.principal(sign()["Authorization"])) for _ in range(3)]
        await asyncio.sleep(0)
        may_answer.set()
        assert [one.subject for one in await asyncio.gather(*calls)] == ["ada"] * 3
    assert len(asked) == 1


async def test_nobody_is_judged_while_the_keys_cannot_be_fetched_and_the_issuer_is_left_in_peace(sign: Sign) -> None:
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        return httpx.Response(503)

    async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as issuer:
        verifier = Verifier(RemoteKeys("http://issuer/jwks", issuer), issuer="tests")
        for _ in range(3):
            with pytest.raises(Unavailable):
                await verifier.principal(sign()["Authorization"])
    assert len(asked) == 1
