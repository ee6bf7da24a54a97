"""Calls inside the house go to the operator's address alone."""

from collections.abc import AsyncIterator

import httpx
import pytest

from shared.outbound.internal import internal_client
from shared.tests.outbound.surroundings import Canary, Host, listening


@pytest.fixture
async def home() -> AsyncIterator[Host]:
    async with listening(Host()) as home:
        yield home


@pytest.fixture
async def inside(home: Host) -> AsyncIterator[httpx.AsyncClient]:
    async with internal_client(f"http://127.0.0.1:{home.port}/base") as client:
        yield client


async def test_loopback_over_plain_http_is_called(inside: httpx.AsyncClient, home: Host) -> None:
    assert (await inside.get("/v1/things")).text == "ok"
    assert home.heads[0][0] == "GET /base/v1/things HTTP/1.1"


async def test_a_call_never_leaves_the_host_it_was_made_for(
    inside: httpx.AsyncClient, home: Host, bird: Canary
) -> None:
    elsewhere = [
        f"http://127.0.0.1:{bird.port}/",
        f"http://127.0.0.1:{home.port}@127.0.0.1:{bird.port}/",
        f"http://localhost:{bird.port}/",
        f"http://[::1]:{bird.port}/",
        f"https://127.0.0.1:{home.port}/",
    ]
    for address in elsewhere:
        with pytest.raises(ValueError, match="its own host only"):
            await inside.get(address)
    assert (bird.connections, home.heads) == (0, [])


async def test_a_redirect_is_an_answer_like_any_other(inside: httpx.AsyncClient, home: Host, bird: Canary) -> None:
    place = f"http://127.0.0.1:{bird.port}/"
    home.answer = (f"HTTP/1.1 302 Go\r\nLocation: {place}\r\nContent-Length: 0\r\n\r\n".encode(),)
    assert (await inside.get("/")).status_code == 302
    with pytest.raises(ValueError, match="its own host only"):
        await inside.get("/", follow_redirects=True)
    assert bird.connections == 0


async def test_no_proxy_of_the_environment_is_used(home: Host, bird: Canary, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{bird.port}")
    monkeypatch.setenv("NO_PROXY", "")
    async with internal_client(f"http://127.0.0.1:{home.port}") as client:
        assert (await client.get("/")).text == "ok"
    assert bird.connections == 0
