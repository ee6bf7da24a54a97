"""Every kind of answer of every service has the headers that keep a browser from harm."""

import httpx
import pytest

from shared.guard.limits import BODY_BYTES

SAFE = {
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "strict-transport-security": "max-age=31536000; includeSubDomains",
}
TOO_MUCH = {"Content-Length": str(BODY_BYTES + 1)}

each_answer = pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("GET", "/livez", {}, 200),
        ("GET", "/openapi.json", {}, 200),
        ("GET", "/problems/not_found", {}, 200),
        ("GET", "/metrics", {}, 200),
        ("GET", "/readyz", {}, 503),
        ("GET", "/v1/backlog", {}, 401),
        ("GET", "/nowhere", {}, 404),
        ("DELETE", "/livez", {}, 405),
        ("POST", "/v1/clock:advance", TOO_MUCH, 413),
        ("GET", "/livez?a=" + "b" * 9000, {}, 414),
        ("GET", "/livez?a=%00", {}, 422),
        ("GET", "/problems?unknown=1", {}, 422),
        ("GET", "/livez", {"X-Large": "a" * 17_000}, 431),
        ("GET", "/fail", {}, 500),
    ],
)


@each_answer
async def test_every_answer_has_the_safe_headers_once(
    client: httpx.AsyncClient, method: str, path: str, headers: dict[str, str], status: int
) -> None:
    answer = await client.request(method, path, headers=headers)
    assert answer.status_code == status
    for header, value in SAFE.items():
        assert answer.headers.get_list(header) == [value], header
    assert len(answer.headers.get_list("x-request-id")) == 1
    if status >= 400 and path != "/readyz":
        assert answer.headers["content-type"] == "application/problem+json"
    assert "RuntimeError" not in answer.text
    assert "canary" not in answer.text


async def test_an_answer_over_http_does_not_speak_of_https(client: httpx.AsyncClient) -> None:
    """RFC 6797, 7.2."""
    answer = await client.get("http://service/livez")
    assert "strict-transport-security" not in answer.headers


@pytest.mark.parametrize("name", ["identity"], indirect=True)
async def test_a_page_that_needs_more_says_its_own_policy_once(client: httpx.AsyncClient) -> None:
    page = await client.get("/authorize")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    (policy,) = page.headers.get_list("content-security-policy")
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "frame-ancestors 'none'" in policy
    assert page.headers.get_list("referrer-policy") == ["same-origin"]
    assert page.headers.get_list("x-content-type-options") == ["nosniff"]


@pytest.mark.parametrize("method", ["OPTIONS", "TRACE", "CONNECT", "BREW"])
async def test_no_other_site_is_let_in_and_no_request_is_echoed(client: httpx.AsyncClient, method: str) -> None:
    asked = {
        "Origin": "https://elsewhere.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "Authorization",
        "X-Canary": "canary",
    }
    for path in ("/livez", "/v1/backlog"):
        answer = await client.request(method, path, headers=asked)
        assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")
        assert "canary" not in answer.text
        simple = await client.get(path, headers={"Origin": "https://elsewhere.example"})
        for headers in (answer.headers, simple.headers):
            assert not [header for header in headers if header.startswith("access-control-")]


@pytest.mark.parametrize(
    "forwarded",
    [{"X-Forwarded-For": "203.0.113.7"}, {"Forwarded": "for=203.0.113.7"}],
    ids=["x-forwarded", "forwarded"],
)
async def test_metrics_are_not_shown_to_who_comes_through_a_proxy(
    client: httpx.AsyncClient, forwarded: dict[str, str]
) -> None:
    """A scraper stands beside the service; whoever comes from outside comes through what forwards."""
    assert (await client.get("/metrics", headers=forwarded)).status_code == 404
    assert (await client.get("/metrics")).status_code == 200
