"""What is compressed on its way out, and what passes as it is."""

from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from portal.api.pages.zipped import Zipped

LONG = "<tr><td>Ines Calloway · ICU</td></tr>\n" * 20_000


async def long(request: Request) -> Response:
    return Response(LONG, media_type="text/html")


async def short(request: Request) -> Response:
    return Response("x" * 100, media_type="text/html")


async def encoded(request: Request) -> Response:
    return Response(b"x" * 5000, headers={"Content-Encoding": "br"})


async def in_parts(request: Request) -> Response:
    async def parts() -> AsyncIterator[str]:
        for begin in range(0, len(LONG), 100_000):
            yield LONG[begin : begin + 100_000]

    return StreamingResponse(parts(), media_type="text/csv")


async def told(request: Request) -> Response:
    async def events() -> AsyncIterator[str]:
        yield "data: " + "x" * 5000 + "\n\n"

    return StreamingResponse(events(), media_type="text/event-stream")


async def answer_of(path: str, *, accepts: str = "gzip, br") -> httpx.Response:
    routes = [Route(f"/{one.__name__}", one) for one in (long, short, encoded, in_parts, told)]
    app = Starlette(routes=routes, middleware=[Middleware(Zipped, minimum_size=1024)])
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://portal") as client:
        request = client.build_request("GET", f"/{path}", headers={"Accept-Encoding": accepts})
        return await client.send(request, stream=True)


@pytest.mark.parametrize("path", ["long", "in_parts"])
async def test_what_is_long_is_compressed_whole_and_in_parts(path: str) -> None:
    answer = await answer_of(path)
    assert (answer.headers["content-encoding"], answer.headers["vary"]) == ("gzip", "Accept-Encoding")
    assert (await answer.aread()).decode() == LONG
    assert answer.num_bytes_downloaded < len(LONG) / 20


@pytest.mark.parametrize("path", ["short", "told"])
async def test_what_is_short_or_never_ends_is_not(path: str) -> None:
    assert "content-encoding" not in (await answer_of(path)).headers


async def test_what_is_encoded_already_stays_as_it_is() -> None:
    answer = await answer_of("encoded")
    assert answer.headers["content-encoding"] == "br"
    assert b"".join([part async for part in answer.aiter_raw()]) == b"x" * 5000


async def test_who_takes_no_gzip_gets_none() -> None:
    answer = await answer_of("long", accepts="identity")
    assert "content-encoding" not in answer.headers
    assert (await answer.aread()).decode() == LONG
