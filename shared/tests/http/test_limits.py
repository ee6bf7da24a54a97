"""How often and how much: quotas with their headers, and requests too large, too deep or too slow."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import httpx
import pytest

from shared.guard.errors import BodyTooSlow
from shared.guard.limits import RequestLimits
from shared.guard.quotas import Quotas

KNOWN, UNKNOWN = 8, 4
KEY = {"Idempotency-Key": "k1"}
Count = Callable[[str], Awaitable[int]]
Json = dict[str, Any]


@pytest.fixture
def quotas() -> Quotas:
    return Quotas(known_per_minute=KNOWN, unknown_per_minute=UNKNOWN)


async def test_who_asks_too_often_is_refused_with_the_time_to_wait_and_changes_nothing(
    client: httpx.AsyncClient, a_thing: Json, count: Count, sign: Callable[..., dict[str, str]]
) -> None:
    answers = [await client.get("/v1/things") for _ in range(KNOWN)]
    assert [answer.status_code for answer in answers] == [200] * KNOWN
    assert {answer.headers["RateLimit-Policy"] for answer in answers} == {f'"default";q={KNOWN};w=60'}
    assert answers[0].headers["RateLimit"] == f'"default";r={KNOWN - 1};t=8'
    refused = await client.post("/v1/things", json=a_thing, headers=KEY)
    assert (refused.status_code, refused.json()["code"]) == (429, "quota_exceeded")
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert 1 <= int(refused.headers["Retry-After"]) <= 8
    assert refused.headers["RateLimit"].startswith('"default";r=0;t=')
    assert (await count("thing"), await count("idempotency")) == (0, 0)
    other = await client.get("/v1/things", headers=sign(sub="grace"))
    assert (other.status_code, other.headers["RateLimit"]) == (200, f'"default";r={KNOWN - 1};t=8')


async def test_an_address_that_tries_tokens_and_paths_is_slowed_down_and_those_with_a_token_are_not(
    client: httpx.AsyncClient,
) -> None:
    nobody = {"Authorization": "Bearer e30.e30.x"}
    tries = [await client.get(path, headers=nobody) for path in ("/v1/things", "/nowhere", "/.env", "/v1/things")]
    assert [answer.status_code for answer in tries] == [401, 404, 404, 401]
    assert tries[-1].headers["RateLimit"].startswith('"unauthenticated";r=0;t=')
    for path in ("/v1/things", "/nowhere"):
        refused = await client.get(path, headers=nobody)
        assert (refused.status_code, refused.json()["code"]) == (429, "quota_exceeded")
        assert 1 <= int(refused.headers["Retry-After"]) <= 15
    assert (await client.get("/v1/things")).status_code == 200


async def test_whoever_runs_the_service_may_ask_as_often_as_they_like(client: httpx.AsyncClient) -> None:
    answers = [await client.get("/livez", headers={"Authorization": ""}) for _ in range(3 * KNOWN)]
    assert {answer.status_code for answer in answers} == {200}
    assert "RateLimit" not in answers[-1].headers


@pytest.mark.parametrize(
    ("name", "path", "headers", "status", "code"),
    [
        ("a long path", "/v1/things/" + "a" * 9000, {}, 414, "address_too_long"),
        ("a long query", "/v1/things?name=" + "a" * 9000, {}, 414, "address_too_long"),
        ("many parameters", "/v1/things?" + "&".join(["name=a"] * 101), {}, 422, "too_many_parameters"),
        ("a large header", "/v1/things", {"X-Large": "a" * 17_000}, 431, "headers_too_large"),
        ("many headers", "/v1/things", {f"X-{number}": "a" for number in range(101)}, 431, "headers_too_large"),
        ("a large page", "/v1/things?limit=201", {}, 422, "invalid_request"),
    ],
)
async def test_an_address_or_headers_over_a_limit_are_refused(
    client: httpx.AsyncClient, name: str, path: str, headers: dict[str, str], status: int, code: str
) -> None:
    answer = await client.get(path, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (status, code), name
    assert answer.headers["Content-Type"] == "application/problem+json"


async def test_addresses_and_headers_up_to_the_limits_are_taken(client: httpx.AsyncClient) -> None:
    headers = {"X-Large": "a" * 12_000}
    assert (await client.get("/v1/things?name=" + "a" * 8000, headers=headers)).status_code == 200
    many = await client.get("/v1/things?" + "&".join(["name=a"] * 100))
    assert many.status_code == 200


async def test_a_body_that_nests_too_deep_is_refused(client: httpx.AsyncClient, count: Count) -> None:
    deep = b'{"name": ' + b"[" * 500_000 + b"]" * 500_000 + b"}"
    answer = await client.post("/v1/things", content=deep, headers={**KEY, "Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (422, "body_too_deep")
    assert await count("idempotency") == 0


@pytest.mark.parametrize("media_type", ["multipart/form-data; boundary=x", "application/xml", "application/gzip"])
async def test_a_body_of_another_kind_has_the_same_limit(client: httpx.AsyncClient, media_type: str) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(40):
            yield b"x" * 64 * 1024

    answer = await client.post("/v1/things", content=pieces(), headers={**KEY, "Content-Type": media_type})
    assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")


async def test_a_body_that_does_not_arrive_is_not_waited_for() -> None:
    """Each part comes in good time; it is the whole that must."""
    parts = asyncio.Event()
    scope = {"type": "http", "path": "/", "query_string": b"", "headers": []}

    async def receive() -> dict[str, Any]:
        if not parts.is_set():
            parts.set()
            return {"type": "http.request", "body": b"{", "more_body": True}
        return await asyncio.Future()

    async def read(scope: Any, receive: Any, send: Any) -> None:
        while (await receive()).get("more_body"):
            pass

    async def send(message: Any) -> None:
        raise AssertionError("nothing is answered here")

    with pytest.raises(BodyTooSlow):
        await RequestLimits(read, body_seconds=0.05)(scope, receive, send)


async def test_who_waits_for_the_caller_to_go_away_may_wait_longer_than_a_body() -> None:
    messages = [{"type": "http.request", "body": b"{}", "more_body": False}]
    seen: list[str] = []

    async def receive() -> dict[str, Any]:
        if messages:
            return messages.pop()
        await asyncio.sleep(0.1)
        return {"type": "http.disconnect"}

    async def wait(scope: Any, receive: Any, send: Any) -> None:
        seen.extend([(await receive())["type"], (await receive())["type"]])

    scope = {"type": "http", "path": "/", "query_string": b"", "headers": []}
    await RequestLimits(wait, body_seconds=0.01)(scope, receive, receive)  # type: ignore[arg-type]
    assert seen == ["http.request", "http.disconnect"]
