"""The application around the routes: ids, limits, health, metrics, documents, policies."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from io import StringIO
from typing import Annotated, Any

import httpx
import pytest
from fastapi import APIRouter, Depends, FastAPI

from shared.guard.limits import BODY_BYTES
from shared.http.access import allow, calls_in_threads, routes_without_policy, unused_actions
from shared.http.app import create_app, operations_without_examples
from shared.http.context import current_request
from shared.outbound.internal import internal_client

KEY = {"Idempotency-Key": "k1"}
Count = Callable[[str], Awaitable[int]]
Json = dict[str, Any]


async def test_a_sane_request_id_is_kept_and_another_replaced(client: httpx.AsyncClient) -> None:
    kept = await client.get("/livez", headers={"X-Request-Id": "a.b_c-1"})
    assert kept.headers["X-Request-Id"] == "a.b_c-1"
    for offered in ("", "a b", "x" * 65, "a\tb", "<b>"):
        answer = await client.get("/livez", headers={"X-Request-Id": offered})
        assert len(answer.headers["X-Request-Id"]) == 36


async def test_every_answer_forbids_sniffing_and_storing(client: httpx.AsyncClient) -> None:
    for path in ("/v1/things", "/livez", "/nowhere"):
        headers = (await client.get(path)).headers
        assert (headers["X-Content-Type-Options"], headers["Cache-Control"]) == ("nosniff", "no-store")


async def test_the_access_log_names_the_route_and_the_person_and_no_value(
    client: httpx.AsyncClient, a_thing: Json, logged: StringIO
) -> None:
    made = await client.post("/v1/things", json=a_thing, headers=KEY)
    logged.truncate(0)
    trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    headers = {"If-Match": '"7"', "traceparent": f"00-{trace}-00f067aa0ba902b7-01", "X-Request-Id": "r1"}
    await client.patch(made.headers["Location"] + "?validate_only=true", json={"name": "heron"}, headers=headers)
    (line,) = [json.loads(line) for line in logged.getvalue().strip("\0").splitlines()]
    assert line.pop("ms") > 0
    assert line.pop("traceparent").startswith(f"00-{trace}-")
    assert line == {
        "event": "http.request",
        "service": "things",
        "request_id": "r1",
        "method": "PATCH",
        "route": "/v1/things/{thing_id}",
        "status": 412,
        "actor": "ada",
        "problem": "version_mismatch",
    }


async def _pieces(sent: list[int]) -> AsyncIterator[bytes]:
    for _ in range(40):
        sent.append(64 * 1024)
        yield b" " * 64 * 1024


async def test_a_body_over_the_limit_is_refused_whether_announced_or_in_pieces(
    client: httpx.AsyncClient, a_thing: Json, count: Count
) -> None:
    announced = await client.post("/v1/things", content=b" " * (BODY_BYTES + 1), headers=KEY)
    assert (announced.status_code, announced.json()["code"]) == (413, "body_too_large")
    sent: list[int] = []
    headers = {**KEY, "Content-Type": "application/json"}
    chunked = await client.post("/v1/things", content=_pieces(sent), headers=headers)
    assert "content-length" not in chunked.request.headers
    assert (chunked.status_code, chunked.json()["code"]) == (413, "body_too_large")
    assert sum(sent) <= BODY_BYTES + 2 * 64 * 1024
    padded = json.dumps(a_thing).encode().ljust(BODY_BYTES)
    full = await client.post("/v1/things", content=padded, headers=headers)
    assert full.status_code == 201
    assert await count("thing") == 1


async def test_health_tells_what_is_waited_for(client: httpx.AsyncClient, waiting_for: list[str]) -> None:
    assert (await client.get("/livez")).status_code == 200
    assert (await client.get("/readyz")).json() == {"status": "ready", "waiting_for": []}
    waiting_for.append("kafka")
    waiting = await client.get("/readyz")
    assert (waiting.status_code, waiting.json()["waiting_for"]) == (503, ["kafka"])
    assert (await client.get("/version")).json() == {"service": "things", "version": "1.2.3"}


async def test_metrics_count_by_route_template(client: httpx.AsyncClient) -> None:
    await client.patch("/v1/things/thg_secret", json={})
    await client.request("BREW", "/v1/nowhere/thg_secret")
    text = (await client.get("/metrics")).text
    assert 'http_requests_total{method="PATCH",route="/v1/things/{thing_id}",status="428"}' in text
    assert 'http_requests_total{method="other",route="unmatched",status="404"}' in text
    assert "thg_secret" not in text


def test_a_route_without_a_policy_is_found(app: FastAPI) -> None:
    assert routes_without_policy(app) == []
    assert unused_actions(app) == []
    bare = APIRouter()
    bare.add_api_route("/bare", lambda: None, methods=["GET"])
    bare.add_api_route("/unknown", lambda: None, methods=["POST"], dependencies=[allow("things.burn")])
    bare.add_route("/plain", lambda request: None)  # type: ignore[arg-type, return-value]
    wider = create_app("things", "1", routers=[bare], wiring=app.state.wiring)
    assert routes_without_policy(wider) == ["GET /bare", "GET /plain", "HEAD /plain", "POST /unknown"]
    assert unused_actions(wider) == ["things.make", "things.read", "things.rename"]


def test_a_route_or_dependency_that_takes_a_thread_is_found(app: FastAPI) -> None:
    assert calls_in_threads(app) == []
    slow = APIRouter()

    def limit() -> int:
        return 1

    async def by_dependency(most: Annotated[int, Depends(limit)]) -> None:
        return None

    slow.add_api_route("/a", lambda: None, methods=["GET"])
    slow.add_api_route("/b", by_dependency, methods=["GET"])
    wider = create_app("things", "1", routers=[slow], wiring=app.state.wiring)
    assert calls_in_threads(wider) == ["GET /a <lambda>", "GET /b limit"]


async def test_the_openapi_document_shows_bodies_problems_headers_and_examples(client: httpx.AsyncClient) -> None:
    document = (await client.get("/openapi.json", headers={"Authorization": ""})).json()
    post = document["paths"]["/v1/things"]["post"]
    body = post["requestBody"]["content"]["application/json"]
    assert body["schema"] == {"$ref": "#/components/schemas/NewThing"}
    assert body["example"]["name"] == "crane"
    assert document["components"]["schemas"]["Part"]["properties"].keys() == {"label", "price"}
    refusals = ["401", "403", "408", "409", "413", "414", "415", "422", "428", "429", "431"]
    assert sorted(post["responses"]) == ["200", "201", *refusals]
    conflicts = post["responses"]["409"]["content"]["application/problem+json"]["examples"]
    assert conflicts.keys() == {"name_taken", "idempotency_key_in_use"}
    assert post["responses"]["200"]["content"] == post["responses"]["201"]["content"]
    required = {parameter["name"].lower(): parameter["required"] for parameter in post["parameters"]}
    assert required == {"idempotency-key": True, "if-match": False, "validate_only": False}
    page = document["paths"]["/v1/things"]["get"]["responses"]["200"]["content"]["application/json"]["example"]
    assert page == {"items": [{"id": "thg_1", "name": "crane", "amount": "45.50", "version": 1}], "next_cursor": None}
    assert "HTTPValidationError" not in document["components"]["schemas"]


def test_an_operation_without_summary_or_example_is_found(app: FastAPI) -> None:
    assert operations_without_examples(app) == []
    bare = APIRouter()

    async def mystery() -> dict[str, str]:
        return {}

    bare.add_api_route("/v1/mystery", mystery, methods=["GET"], dependencies=[allow("things.read")])
    wider = create_app("things", "1", routers=[bare], wiring=app.state.wiring)
    assert operations_without_examples(wider) == ["GET /v1/mystery"]


async def test_calls_inside_the_house_carry_the_trace_and_the_token_only_home(
    app: FastAPI, client: httpx.AsyncClient
) -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(302, headers={"Location": "http://elsewhere/"})

    network = httpx.MockTransport(answer)
    async with (
        internal_client("http://home:81", carries_token=True, transport=network) as home,
        internal_client("http://issuer", transport=network) as issuer,
    ):
        router = APIRouter()

        async def call() -> None:
            await home.get("/a")
            with pytest.raises(ValueError, match="its own host only"):
                await home.get("http://home:82/b")
            await issuer.get("http://issuer/c")

        router.add_api_route("/call", call, methods=["POST"], dependencies=[allow("things.read")], status_code=204)
        caller_app = create_app("caller", "1", routers=[router], wiring=app.state.wiring)
        async with httpx.AsyncClient(transport=httpx.ASGITransport(caller_app), base_url="http://caller") as tester:
            trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
            token = client.headers["Authorization"]
            answered = await tester.post("/call", headers={"Authorization": token, "traceparent": trace})
    assert answered.status_code == 204
    assert [str(request.url) for request in seen] == ["http://home:81/a", "http://issuer/c"]
    assert [request.headers.get("authorization") for request in seen] == [token, None]
    assert {request.headers["traceparent"].split("-")[1] for request in seen} == {trace.split("-")[1]}
    assert current_request.get() is None


@pytest.mark.parametrize("trace", ["", "00-0-0-01", f"ff-{'a' * 32}-{'b' * 16}-01", f"00-{'0' * 32}-{'b' * 16}-01"])
async def test_a_malformed_trace_is_replaced(client: httpx.AsyncClient, logged: StringIO, trace: str) -> None:
    await client.get("/livez", headers={"traceparent": trace})
    begun = json.loads(logged.getvalue())["traceparent"].split("-")
    assert [len(part) for part in begun] == [2, 32, 16, 2]
    assert begun[1] not in ("0" * 32, "a" * 32)
