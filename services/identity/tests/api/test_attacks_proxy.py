"""Attacks on an identity that people reach by https, behind a proxy that is believed."""

import pytest

from identity import main
from identity.settings import Settings
from services.identity.tests.api.browser import ADA, Browser, settled

ISSUER = "https://id.agency.example"
INSIDE, ELSEWHERE = "203.0.113.5", "198.51.100.1"
DESK = {"name": "Ward desk", "kind": "recruiter_system", "scopes": ["recruiting"], "sources": ["ward"]}


@pytest.fixture
def definition(environment):
    return main.service(Settings(**environment, issuer_address=ISSUER, trusted_proxies=("127.0.0.0/8",)))


async def test_cookies_are_bound_to_the_host_and_seen_by_no_script(api, keys):
    await settled(api)
    browser = Browser(api.client, ISSUER)
    await browser.ask()
    cookies = (await browser.password(ADA["email"])).headers.get_list("set-cookie")
    kept = {cookie.partition("=")[0] for cookie in cookies if not cookie.partition("=")[2].startswith('""')}
    flags = [{flag.strip().lower() for flag in cookie.split(";")[1:]} for cookie in cookies]
    assert kept == {"__Host-firstshift_session", "__Host-firstshift_device"}
    assert all({"httponly", "secure", "path=/", "samesite=lax"} <= flag for flag in flags)
    assert not any("domain" in cookie.lower() for cookie in cookies)


@pytest.mark.parametrize(
    ("case", "lines", "status"),
    [
        ("as the proxy says", [INSIDE], 200),
        ("a line of the caller's before the proxy's", [INSIDE, ELSEWHERE], 401),
        ("a line of the caller's, and the truth", [ELSEWHERE, INSIDE], 200),
        ("in one line", [f"{INSIDE}, {ELSEWHERE}"], 401),
        ("mapped", [f"::ffff:{INSIDE}"], 200),
        ("mapped, elsewhere", [f"::ffff:{ELSEWHERE}"], 401),
        ("nonsense at its end", [f"{INSIDE}, {INSIDE}:443"], 401),
    ],
)
async def test_nobody_writes_the_address_they_come_from(api, keys, case, lines, status):
    """INVARIANT: what a caller writes into X-Forwarded-For opens no network and resets no counter.

    What breaks it: reading the first of several lines of the header; some proxies add theirs as a line of its own.
    """
    made = (await api.post("/v1/api-clients", {**DESK, "networks": ["203.0.113.0/24"]}, role="administrator")).json()
    form = {"grant_type": "client_credentials", "client_id": made["client_id"], "client_secret": made["secret"]}
    answer = await api.client.post("/token", data=form, headers=[("X-Forwarded-For", line) for line in lines])
    assert answer.status_code == status
