"""Attacks on tokens: forged, mistaken for others, kept after access was withdrawn."""

import asyncio
import json
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode

import pytest
from joserfc import jwt
from joserfc.jwk import OKPKey
from sqlalchemy import func, select, text

from identity.app.withdraw_access import withdraw_access
from identity.storage.tables.accounts import withdrawal
from identity.storage.tables.sessions import session as sign_in_session
from services.identity.tests.api.browser import ADA, given, settled
from shared.contracts.identity import AccessWithdrawn
from shared.principal import Principal
from shared.testing.api import ISSUER

SOMEBODY = Principal(subject="per_somebody")
NORTH, SOUTH = f"fac_{'0' * 26}", f"fac_{'1' * 26}"


async def tokens_of(browser):
    await browser.ask()
    answer = await browser.tokens(given(await browser.password())["code"])
    assert answer.status_code == 200, answer.json()
    return answer.json()


def claims_in(token):
    part = token.split(".")[1]
    return json.loads(urlsafe_b64decode(part + "=" * (-len(part) % 4)))


def bearer(token):
    return {"Authorization": f"Bearer {token}"}


@pytest.mark.parametrize("typ", ["JWT", "", "at", "logout+jwt"])
async def test_what_does_not_call_itself_an_access_token_opens_nothing(api, keys, issuer, typ):
    """INVARIANT: nothing that the issuer signs for another purpose opens an API, whatever its audience says.

    What breaks it: looking at signature, issuer and audience alone: a client named as the audience gets ID tokens.
    """
    now = int(time.time())
    claims = {"iss": ISSUER, "aud": "firstshift", "sub": "per_1", "roles": ["lead"], "iat": now, "exp": now + 300}
    head = {"alg": "Ed25519", "kid": issuer.pair.kid}
    refused = jwt.encode({**head, "typ": typ}, claims, issuer.pair, algorithms=["Ed25519"])
    taken = jwt.encode({**head, "typ": "application/AT+JWT"}, claims, issuer.pair, algorithms=["Ed25519"])
    answers = [await api.client.get("/v1/people", headers=bearer(token)) for token in (refused, taken)]
    assert [answer.status_code for answer in answers] == [401, 200]


def part(value):
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return urlsafe_b64encode(raw).decode().rstrip("=")


HEADS = {
    "a list": [],
    "a number": 1,
    "no text": b"\xff\xfe",
    "depth": b"[" * 3000,
    "alg of another type": {"alg": []},
    "kid of another type": {"alg": "Ed25519", "kid": {}},
    "unencoded": {"alg": "Ed25519", "crit": ["b64"], "b64": False},
    "critical number": {"alg": "Ed25519", "crit": [1]},
    "compressed": {"alg": "Ed25519", "zip": "DEF"},
    "encrypted": {"alg": "dir", "enc": "A128GCM"},
    "a key of its own": {"alg": "Ed25519", "jwk": OKPKey.generate_key("Ed25519").as_dict(private=False)},
    "an address of keys": {"alg": "Ed25519", "jku": "https://elsewhere.example/keys"},
}


@pytest.mark.parametrize("case", HEADS)
async def test_a_token_out_of_shape_is_refused_and_breaks_nothing(api, keys, case):
    bodies = [{"sub": "x"}, [], b"", b"\xff", b"[" * 3000]
    made = [f"{part(HEADS[case])}.{part(body)}.{end}" for body in bodies for end in ("", "AA", "a.b", "a.b.c")]
    opened = [await api.client.get(path, headers=bearer(one)) for one in made for path in ("/v1/me", "/userinfo")]
    hinted = [await api.client.get("/logout", params={"id_token_hint": one}) for one in made]
    assert {answer.status_code for answer in opened} == {401}
    assert {answer.status_code for answer in hinted} == {200}


async def test_a_withdrawn_token_says_nothing_of_its_holder(api, browser):
    person = await settled(api)
    tokens = await tokens_of(browser)
    before = await api.post(f"/v1/people/{person['person_id']}:disable", role="administrator")
    answer = await api.client.get("/userinfo", headers=bearer(tokens["access_token"]))
    assert (before.status_code, answer.status_code, answer.json()["code"]) == (200, 401, "token_invalid")


async def test_an_id_token_is_no_hint_for_the_session_of_another(api, browser):
    """INVARIANT: a link on another site signs nobody out, also with an ID token of the one who made it.

    What breaks it: ending the browser's session for any ID token that is ours.
    """
    await settled(api)
    hint = (await tokens_of(browser))["id_token"]
    api.client.cookies.clear()
    await settled(api, email="ben@agency.example")
    await browser.ask()
    await browser.password(email="ben@agency.example")
    answer = await api.client.get("/logout", params={"id_token_hint": hint})
    assert "Do you want to sign out" in answer.text
    assert (await browser.ask()).status_code == 303


@pytest.mark.parametrize(
    ("case", "before", "after", "is_withdrawn"),
    [
        ("a facility taken", {"facilities": [NORTH, SOUTH]}, {"facilities": [NORTH]}, True),
        ("a team's facility taken", {"team_facilities": [NORTH, SOUTH]}, {"team_facilities": [SOUTH]}, True),
        ("a team in place of all", {}, {"team_facilities": [NORTH]}, True),
        ("another", {"team_facilities": [NORTH]}, {"team_facilities": [SOUTH]}, True),
        ("one more", {"facilities": [NORTH]}, {"facilities": [NORTH, SOUTH]}, False),
        ("all in place of a team", {"team_facilities": [NORTH]}, {}, False),
        ("another name", {"facilities": [NORTH]}, {"facilities": [NORTH], "name": "Ada Berg"}, False),
    ],
)
async def test_tokens_that_reach_further_than_their_holder_are_refused(api, house, case, before, after, is_withdrawn):
    """INVARIANT: who loses a facility loses it within ten seconds, like a role.

    What breaks it: a profile that is saved while tokens go on naming what it held.
    """
    person = await settled(api, **before)
    changed = {"name": ADA["name"], **after}
    answer = await api.post(f"/v1/people/{person['person_id']}:change-profile", changed, role="administrator")
    said = [one.reason for one in await house.said(AccessWithdrawn)]
    assert (answer.status_code, said) == (200, ["facilities_taken"] if is_withdrawn else [])


async def waiting(works, table):
    """Returns once a lock on this table is waited for; each look is a transaction's own (it keeps what it saw)."""
    blocked = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query ~ :table")
    for _ in range(1000):
        async with works.engine.connect() as connection:
            if await connection.scalar(blocked, {"table": table}):
                return
        await asyncio.sleep(0.01)
    raise AssertionError(f"nobody waits for {table}")


async def test_a_token_made_beside_a_withdrawal_is_older_than_it(api, browser, works):
    """INVARIANT: no token outlives what was withdrawn while it was being made.

    What breaks it: dating a token by the instant at which it is signed, after what it says was looked up.
    """
    await settled(api)
    refresh = (await tokens_of(browser))["refresh_token"]
    async with works.engine.begin() as other:
        await other.execute(select(sign_in_session).with_for_update())
        asked = asyncio.create_task(browser.refresh(refresh))
        await waiting(works, "sign_in_session")
        await other.execute(select(func.pg_sleep(1.1)))
        second = await other.scalar(select(func.date_trunc("second", func.clock_timestamp())))
    token = (await asked).json()["access_token"]
    assert claims_in(token)["iat"] < second.timestamp()


async def test_a_withdrawal_that_waited_refuses_what_was_made_meanwhile(works, keys):
    async with works.begin(SOMEBODY) as work:
        began = await work.session.scalar(select(func.now()))
        await work.session.execute(select(func.pg_sleep(1.1)))
        await withdraw_access(work, "per_1", reason="disabled")
        waited = (await work.session.execute(select(withdrawal.c.withdrawn_at))).scalar_one() - began
    assert waited.total_seconds() > 1.1
