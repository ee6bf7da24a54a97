"""Problems: all faults in one answer, nothing repeated of what was sent, and a page behind each type."""

from collections.abc import AsyncIterator, Awaitable, Callable
from io import StringIO
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy.ext.asyncio import AsyncEngine

from shared.db.engine import make_engine
from shared.errors import REFUSALS
from shared.http.problem_pages import explanations, problems_markdown

CANARY = "canary-7f3a"
KEY = {"Idempotency-Key": "k1"}
Count = Callable[[str], Awaitable[int]]
Json = dict[str, Any]


async def test_one_answer_lists_faults_of_form_and_faults_that_rules_find(
    client: httpx.AsyncClient, a_thing: Json, count: Count
) -> None:
    faulty = {
        **a_thing,
        "end_date": "2025-01-01",
        "amount": "much",
        "startDate": "2026-01-05",
        "parts": [{"label": "wing", "price": "-1"}, {"label": 7, "price": "-2"}],
    }
    answer = await client.post("/v1/things", json=faulty, headers=KEY)
    problem = answer.json()
    assert (answer.status_code, answer.headers["Content-Type"]) == (422, "application/problem+json")
    assert {(error["pointer"], error["code"]) for error in problem["errors"]} == {
        ("/amount", "not_a_decimal"),
        ("/parts/1/label", "wrong_type"),
        ("/startDate", "unknown_field"),
        ("/end_date", "ends_before_start"),
        ("/parts/0/price", "negative"),
        ("/parts/1/price", "negative"),
    }
    assert len(problem["errors"]) == 6
    assert (await count("thing"), await count("idempotency")) == (0, 0)


async def test_a_problem_has_every_member_and_its_type_leads_to_a_page(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/nowhere", headers={"X-Request-Id": "req-1"})
    assert answer.json() == {
        "type": "/problems/unknown_route",
        "title": "Unknown route",
        "status": 404,
        "detail": "Nothing is served at this address.",
        "code": "unknown_route",
        "request_id": "req-1",
        "instance": "urn:firstshift:request:req-1",
        "errors": [],
    }
    page = await client.get(answer.json()["type"], headers={"Authorization": ""})
    assert (page.status_code, page.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert "<h1>Unknown route</h1>" in page.text


async def test_every_loaded_refusal_has_a_page(client: httpx.AsyncClient) -> None:
    listed = (await client.get("/problems")).text
    assert {page.code for page in explanations()} == {*REFUSALS, "unavailable", "internal_error"}
    for page in explanations():
        assert f'href="/problems/{page.code}"' in listed
        assert (await client.get(f"/problems/{page.code}")).status_code == 200
        assert f"\n## `{page.code}`\n" in problems_markdown()
    unknown = await client.get("/problems/<b>")
    assert (unknown.status_code, unknown.json()["code"]) == (404, "unknown_route")


@pytest.mark.parametrize(
    ("name", "method", "path", "status", "code"),
    [
        ("a wrong method", "DELETE", "/v1/things", 405, "method_not_allowed"),
        ("a slash too many", "GET", "/v1/things/", 404, "unknown_route"),
        ("a limit too large", "GET", "/v1/things?limit=201", 422, "invalid_request"),
        ("a dependency that is away", "GET", "/v1/things:away", 503, "unavailable"),
        ("a NUL in the path", "GET", "/v1/things/a%00b", 422, "nul_character"),
        ("a NUL in a filter", "GET", "/v1/things?name=a%00b", 422, "nul_character"),
    ],
)
async def test_whatever_goes_wrong_is_a_problem(
    client: httpx.AsyncClient, name: str, method: str, path: str, status: int, code: str
) -> None:
    answer = await client.request(method, path)
    assert (answer.status_code, answer.json()["code"]) == (status, code), name
    assert answer.headers["Content-Type"] == "application/problem+json"


async def test_headers_say_what_to_do_next(client: httpx.AsyncClient) -> None:
    assert (await client.delete("/v1/things")).headers["Allow"] == "GET, POST"
    assert (await client.get("/v1/things:away")).headers["Retry-After"] == "2"
    missing = await client.get("/v1/things", headers={"Authorization": ""})
    assert (missing.status_code, missing.headers["WWW-Authenticate"]) == (401, 'Bearer realm="firstshift"')
    invalid = await client.get("/v1/things", headers={"Authorization": "Bearer x"})
    assert (invalid.status_code, invalid.headers["WWW-Authenticate"]) == (
        401,
        'Bearer realm="firstshift", error="invalid_token"',
    )


async def test_a_body_that_is_not_declared_as_json_is_refused(client: httpx.AsyncClient, count: Count) -> None:
    answer = await client.post("/v1/things", content=b"{}", headers={**KEY, "Content-Type": "text/plain"})
    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_media_type")
    assert await count("thing") == 0


async def test_who_may_not_is_refused_before_the_body_is_read(
    client: httpx.AsyncClient, count: Count, sign: Callable[..., dict[str, str]]
) -> None:
    answer = await client.post("/v1/things", content=b"{", headers={**KEY, **sign(roles=["operator"])})
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
    nobody = await client.post("/v1/things", content=b"{", headers={**KEY, "Authorization": ""})
    assert (nobody.status_code, nobody.json()["code"]) == (401, "token_missing")
    assert (await count("thing"), await count("idempotency")) == (0, 0)


async def test_what_was_sent_is_repeated_in_no_answer_and_no_log(
    client: httpx.AsyncClient, a_thing: Json, logged: StringIO, caplog: pytest.LogCaptureFixture
) -> None:
    """INVARIANT: a rejected value appears in no answer and in no log.

    What breaks it: FastAPI's own 422, a pydantic message that quotes its input, an exception's message in a log.
    """
    values: tuple[Any, ...] = (CANARY, [CANARY], {CANARY: {}}, {"label": CANARY * 9, "price": CANARY})
    fields = ("name", "amount", "start_date", "end_date", "colour", "parts", "rates")
    for field in fields:
        for value in values:
            sent = {**a_thing, field: value, "Authorization": CANARY}
            answer = await client.post("/v1/things", json=sent, headers=KEY)
            assert answer.status_code == 422
            assert CANARY not in answer.text.replace(f"/rates/{CANARY}", "")
    async for answer in _mishaps(client, a_thing):
        assert answer.status_code >= 400
        assert CANARY not in answer.text + str(answer.headers)
    assert "http.failed" in logged.getvalue()
    assert logged.getvalue().count("http.request") == len(fields) * 4 + 9
    assert CANARY not in logged.getvalue() + caplog.text


async def _mishaps(client: httpx.AsyncClient, a_thing: Json) -> AsyncIterator[httpx.Response]:
    named = {**a_thing, "name": CANARY}
    yield await client.post("/v1/things:fail", json=named, headers=KEY)
    yield await client.post("/v1/things", content=f'{{"name": "{CANARY}'.encode(), headers=KEY)
    yield await client.post("/v1/things", json=CANARY, headers=KEY)
    yield await client.get("/v1/things", params={"limit": CANARY})
    yield await client.get("/v1/things", params={"cursor": CANARY})
    yield await client.get("/v1/things", params={"colour": CANARY})
    yield await client.get(f"/v1/{CANARY}")
    yield await client.get("/v1/things", headers={"Authorization": f"Bearer {CANARY}"})
    yield await client.patch("/v1/things/x", json={"name": "heron"}, headers={"If-Match": CANARY})


async def test_a_defect_is_logged_once_with_its_place(
    client: httpx.AsyncClient, a_thing: Json, logged: StringIO
) -> None:
    answer = await client.post("/v1/things:fail", json=a_thing, headers=KEY)
    lines = [line for line in logged.getvalue().splitlines() if "http.failed" in line]
    assert len(lines) == 1
    assert answer.json()["request_id"] in lines[0]
    assert "RuntimeError" in lines[0] and "conftest.py" in lines[0]


async def test_a_database_that_is_away_is_not_a_defect(
    app_on: Callable[[AsyncEngine], FastAPI], a_thing: Json, logged: StringIO, sign: Callable[..., dict[str, str]]
) -> None:
    engine = make_engine("postgresql+asyncpg://postgres@127.0.0.1:1/nowhere", application_name="tests")
    transport = httpx.ASGITransport(app_on(engine))
    async with httpx.AsyncClient(transport=transport, base_url="http://things") as client:
        answer = await client.post("/v1/things", json=a_thing, headers={**KEY, **sign()})
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")
    assert "http.failed" not in logged.getvalue()
