"""Routes that take files take more than others, and only they do."""

import re
from typing import Any

import pytest

from shared.guard.errors import BodyTooLarge
from shared.guard.limits import LargeBody, RequestLimits

LARGE = LargeBody(method="POST", path=re.compile(r"/v1/things/[^/]+/files"), most_bytes=300, seconds=5)


async def received(method: str, path: str, *, size: int, announced: bool) -> int:
    """How many bytes the application got of a body of this size, in parts of 50 bytes."""
    got, left = 0, size

    async def receive() -> dict[str, Any]:
        nonlocal left
        part = min(50, left)
        left -= part
        return {"type": "http.request", "body": bytes(part), "more_body": left > 0}

    async def application(scope: Any, receive: Any, send: Any) -> None:
        nonlocal got
        more = True
        while more:
            message = await receive()
            got, more = got + len(message["body"]), message["more_body"]

    async def send(message: Any) -> None: ...

    headers = [(b"content-length", str(size).encode())] if announced else []
    scope = {"type": "http", "method": method, "path": path, "query_string": b"", "headers": headers}
    limits = RequestLimits(application, body_bytes=100, large=(LARGE,))
    try:
        await limits(scope, receive, send)
    except BodyTooLarge as refused:
        raise AssertionError(f"{refused.facts['limit_bytes']} after {got}") from None
    return got


@pytest.mark.parametrize(
    ("case", "method", "path", "size", "announced", "outcome"),
    [
        ("a file", "POST", "/v1/things/1/files", 300, True, 300),
        ("a file without its length", "POST", "/v1/things/1/files", 300, False, 300),
        ("a file too large", "POST", "/v1/things/1/files", 301, True, "300 after 0"),
        ("one without its length", "POST", "/v1/things/1/files", 1000, False, "300 after 300"),
        ("another method", "PUT", "/v1/things/1/files", 101, True, "100 after 0"),
        ("a longer path", "POST", "/v1/things/1/files/2", 101, True, "100 after 0"),
        ("another route", "POST", "/v1/things", 101, False, "100 after 100"),
    ],
)
async def test_each_route_has_its_own_bound(case, method, path, size, announced, outcome):
    try:
        found: object = await received(method, path, size=size, announced=announced)
    except AssertionError as refused:
        found = str(refused)
    assert found == outcome, case
