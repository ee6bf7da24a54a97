"""Attacks on the pages of signing in: bent requests, planted sessions, tries side by side."""

import asyncio

import httpx
import pytest

from identity.app.start_attempt import StartAttempt, start_attempt
from services.identity.tests.api.browser import ADA, PASSWORD, REDIRECT, REQUEST, Browser, code_now, given, settled
from shared.principal import Principal

SOMEBODY = Principal(subject="anonymous")
FORM = "application/x-www-form-urlencoded"


def another(api):
    """A client of the same application, with cookies of its own."""
    return httpx.AsyncClient(transport=api.client._transport, base_url=api.client.base_url)


@pytest.mark.parametrize(
    "address",
    [
        REDIRECT + "#x",
        REDIRECT + "%2f",
        REDIRECT + "/../elsewhere",
        REDIRECT + "\n",
        " " + REDIRECT,
        REDIRECT.replace("http", "HTTP"),
        REDIRECT.replace("http:", ""),
        REDIRECT.replace("http", "https"),
        REDIRECT.replace("8400", "8401"),
        REDIRECT.replace("127.0.0.1", "localhost"),
        REDIRECT.replace("//", "//elsewhere.example@"),
        REDIRECT.replace("signed-in", "signed%2din"),
        REDIRECT.replace("signed-in", "Signed-in"),
    ],
)
async def test_codes_are_sent_to_the_letter_of_what_is_registered(browser, address):
    answers = [await browser.ask(redirect_uri=address), await browser.ask(redirect_uri=address, prompt="none")]
    assert [(answer.status_code, "location" in answer.headers) for answer in answers] == [(400, False)] * 2


@pytest.mark.parametrize("name", sorted(REQUEST))
async def test_a_parameter_that_comes_twice_leads_nowhere(browser, name):
    pairs = [*REQUEST.items(), (name, REQUEST[name])]
    answer = await browser.client.get("/authorize", params=pairs)
    assert (answer.status_code, "location" in answer.headers) == (400, False)


@pytest.mark.parametrize(
    "address", ["https://elsewhere.example/", "http://127.0.0.1:8400/x", "http://127.0.0.1:8400", "//elsewhere.example"]
)
async def test_signing_out_leads_to_what_is_registered_alone(api, browser, address):
    asked = {"post_logout_redirect_uri": address}
    answers = [
        await api.client.get("/logout", params=asked),
        await api.client.post("/logout", params=asked, headers={"Origin": browser.issuer}),
    ]
    assert [(answer.status_code, "location" in answer.headers) for answer in answers] == [(200, False)] * 2


async def test_a_session_that_was_planted_is_never_signed_in(api, browser):
    """INVARIANT: whoever knew a browser's cookies before the sign-in has no part in it (ASVS 5.0, 7.2.4).

    What breaks it: completing the session that the browser came with.
    """
    person = await settled(api, roles=["lead"])
    api.client.cookies.set("firstshift_session", "planted")
    await browser.ask()
    await browser.password()
    pending = api.client.cookies["firstshift_pending"]
    answer = await browser.code(code_now(person["second_factor"]["secret"]))
    fresh = answer.cookies["firstshift_session"]
    async with another(api) as thief:
        for known in ("planted", pending):
            thief.cookies.set("firstshift_session", known)
            assert "Sign in" in (await Browser(thief).ask()).text
    assert len({fresh, pending, "planted"}) == 3


async def test_a_second_sign_in_ends_the_first_of_the_browser(api, browser):
    await settled(api)
    await browser.ask()
    await browser.password()
    first = api.client.cookies["firstshift_session"]
    await browser.ask(prompt="login")
    await browser.password()
    async with another(api) as thief:
        thief.cookies.set("firstshift_session", first)
        assert "Sign in" in (await Browser(thief).ask()).text


async def test_one_code_completes_one_of_two_sign_ins_at_once(api, browser):
    """INVARIANT: a code of the app is worth one sign-in, also side by side (RFC 6238, 5.2).

    What breaks it: reading the last step taken without locking it.
    """
    person = await settled(api, roles=["lead"])
    await browser.ask()
    await browser.password()
    await browser.code(code_now(person["second_factor"]["secret"], steps=-1))
    async with another(api) as one, another(api) as two:
        browsers = [Browser(one), Browser(two)]
        for each in browsers:
            await each.ask()
            await each.password()
        code = code_now(person["second_factor"]["secret"])
        answers = await asyncio.gather(*(each.code(code) for each in browsers))
    assert sorted(answer.status_code for answer in answers) == [303, 400]


async def test_codes_are_counted_for_the_person_and_not_for_the_sign_in(api, browser):
    """INVARIANT: whoever knows the password does not try codes faster by many sign-ins at once.

    What breaks it: a counter of each sign-in under way.
    """
    person = await settled(api, roles=["lead"])
    told = []
    for number in range(7):
        async with another(api) as client:
            each = Browser(client)
            await each.ask()
            await each.password()
            told.append((await each.code(f"wrong{number}")).status_code)
    await browser.ask()
    await browser.password()
    right = await browser.code(code_now(person["second_factor"]["secret"]))
    assert (told[:6], told[6], right.status_code) == ([400] * 6, 429, 429)


async def test_one_subscriber_of_ipv6_is_counted_once(works, keys):
    """INVARIANT: 2^64 addresses of one subscriber are not as many free tries.

    What breaks it: counting failures by the whole of an IPv6 address.
    """
    counted = []
    for address in ("2001:db8::1", "2001:db8::ffff:1", "2001:db8:0:1::1"):
        async with works.begin(SOMEBODY) as work:
            command = StartAttempt(email=f"{address}@x.example", address=address, device_hash=None)
            counted.append((await start_attempt(work, command)).counters[1])
    assert (counted[0] == counted[1], counted[0] == counted[2]) == (True, False)


BODIES = {
    "nothing": b"",
    "no text": b"\xff\xfe",
    "NUL": b"step=password&email=%00&password=%00&code=%00&grant_type=refresh_token&refresh_token=%00",
    "half a letter": b"step=password&email=%ED%A0%80&password=%ED%A0%80&code=%ED%A0%80",
    "a hundred fields": b"a=1&" * 100,
    "fields twice": b"step=password&step=code&grant_type=refresh_token&grant_type=refresh_token&code=a&code=b",
    "a long code": b"step=code&code=" + b"9" * 5000,
    "digits of mathematics": "step=code&code=𝟘𝟘𝟘𝟘𝟘𝟘".encode(),
    "a header": b"step=password&email=a%0d%0aSet-Cookie:x&password=x",
    "a client of no letters": b"grant_type=client_credentials&client_id=%ff&client_secret=%ff&scope=%ff",
    "a link of no letters": b"grant_type=urn:firstshift:grant-type:link&link=%ff",
    "nowhere": b"step=outside",
}
HEADERS: list[dict[str, str | bytes]] = [
    {},
    {"Content-Type": "multipart/form-data; boundary=x"},
    {"Content-Type": "application/x-www-form-urlencoded; charset=utf-16"},
    {"Authorization": "Basic JTAwOiVmZg=="},
    {"Authorization": b"Basic \xff"},
    {"Authorization": "Basic /zr/"},
    {"Cookie": b'firstshift_pending=%00; firstshift_session=\x01\xff; firstshift_device="a'},
]


@pytest.mark.parametrize("path", ["/authorize", "/token", "/invitation", "/logout"])
@pytest.mark.parametrize("case", BODIES)
async def test_a_bent_form_is_the_callers_mistake(api, browser, case, path):
    await browser.ask()
    place = browser.action if path == "/authorize" else path
    told = set()
    for changes in HEADERS:
        headers: dict[str, str | bytes] = {"Content-Type": FORM, "Origin": browser.issuer, **changes}
        answer = await api.client.post(place, content=BODIES[case], headers=headers)
        told.add(answer.status_code)
        assert "set-cookie" not in answer.headers or path == "/logout"
    assert max(told) < 500


async def test_a_long_password_costs_no_more_than_any(api, browser):
    await settled(api)
    await browser.ask()
    answers = [await browser.password(password=PASSWORD + "x" * length) for length in (1, 100_000)]
    assert [answer.status_code for answer in answers] == [400, 400]
    longest = {"code": "x", "password": "a" * 100_000}
    assert (await api.client.post("/v1/invitations:accept", json=longest)).status_code == 422


async def test_asking_by_get_changes_nothing(api, browser):
    """INVARIANT: no address that somebody is led to signs them in or out, or uses their invitation up.

    What breaks it: doing by GET what a form is for.
    """
    person = await settled(api)
    again = (await api.post(f"/v1/people/{person['person_id']}:invite", role="administrator")).json()
    await api.client.get("/invitation", params={"code": again["code"]})
    tried = {**REQUEST, "step": "password", "email": ADA["email"], "password": PASSWORD}
    assert (await api.client.get("/authorize", params=tried)).status_code == 422
    await browser.ask()
    assert given(await browser.password())["code"]
    assert (await api.client.get("/logout")).status_code == 200
    assert (await browser.ask()).status_code == 303
    accepted = await api.client.post("/v1/invitations:accept", json={"code": again["code"], "password": PASSWORD})
    assert accepted.status_code == 200
