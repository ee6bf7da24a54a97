"""Calling the services as the person: what goes along, what comes back as a value, and how contracts are kept."""

from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from portal.clients.contracts import FRESH_SECONDS, Contracts
from portal.clients.services import Answer, Refusal, Sent, Services, Unreachable
from shared.errors import Finding
from shared.http.context import RequestContext, current_request


class Stage:
    """A service that answers what the test puts on it, and notes what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, dict[str, str], bytes]] = []
        self.answer: Response = JSONResponse({"paths": {}})
        self.app = Starlette(routes=[Route("/{rest:path}", self._any, methods=["GET", "POST", "PUT"])])

    async def _any(self, request: Request) -> Response:
        path = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        self.asked.append((request.method, path, dict(request.headers), await request.body()))
        return self.answer

    def services(self) -> Services:
        return Services({"housing": "http://housing.test"}, transports={"housing": httpx.ASGITransport(app=self.app)})


@pytest.fixture
def stage() -> Stage:
    return Stage()


def a_problem(status: int, **changes: Any) -> JSONResponse:
    body = {"code": "unit_taken", "title": "Unit taken", "detail": "Somebody has it.", "errors": [], **changes}
    return JSONResponse(body, status)


async def test_the_persons_token_goes_along_with_every_call(stage):
    said = RequestContext(request_id="req-1", traceparent="00-" + "a" * 32 + "-" + "b" * 16 + "-01")
    said.authorization = "Bearer of-the-person"
    token = current_request.set(said)
    try:
        await stage.services().get("housing", "/v1/cases", params={"limit": "2"})
    finally:
        current_request.reset(token)
    ((method, path, headers, _),) = stage.asked
    assert (method, path) == ("GET", "/v1/cases?limit=2")
    assert (headers["authorization"], headers["x-request-id"]) == ("Bearer of-the-person", "req-1")


async def test_a_command_carries_key_version_and_body(stage):
    stage.answer = JSONResponse({"case_id": "cas_1"}, 201, headers={"ETag": '"8"'})
    sent = Sent(method="POST", path="/v1/cases/cas_1:book", body={"booking_reference": "HV"}, key="k-1", version=7)
    outcome = await stage.services().send("housing", sent)
    assert outcome == Answer(service="housing", status=201, body={"case_id": "cas_1"}, version=8)
    ((_, _, headers, body),) = stage.asked
    assert (headers["idempotency-key"], headers["if-match"], body) == ("k-1", '"7"', b'{"booking_reference": "HV"}')


async def test_a_command_without_a_body_sends_none(stage):
    await stage.services().send("housing", Sent(method="POST", path="/v1/cases/cas_1:leave"))
    ((_, _, headers, body),) = stage.asked
    assert body == b""
    assert {"idempotency-key", "if-match", "content-type"}.isdisjoint(headers)


async def test_a_refusal_is_a_value_with_every_fault(stage):
    errors = [{"pointer": "/rent", "code": "too_high", "message": "Ask a lead."}, "nonsense"]
    stage.answer = a_problem(409, errors=errors)
    assert await stage.services().get("housing", "/x") == Refusal(
        service="housing",
        status=409,
        code="unit_taken",
        title="Unit taken",
        detail="Somebody has it.",
        findings=(Finding(pointer="/rent", code="too_high", message="Ask a lead."),),
    )


async def test_a_refusal_says_when_to_try_again(stage):
    stage.answer = a_problem(429)
    stage.answer.headers["Retry-After"] = "12"
    outcome = await stage.services().get("housing", "/x")
    assert isinstance(outcome, Refusal)
    assert outcome.retry_after_seconds == 12


@pytest.mark.parametrize(
    ("answer", "is_unknown"),
    [
        (PlainTextResponse("a proxy's own words", 502), True),
        (JSONResponse(["no", "problem"], 500), True),
        (PlainTextResponse("moved", 302, headers={"Location": "http://elsewhere.example/"}), False),
    ],
)
async def test_what_is_not_the_services_own_word_is_silence(stage, answer, is_unknown):
    stage.answer = answer
    outcome = await stage.services().send("housing", Sent(method="POST", path="/x"))
    assert outcome == Unreachable(service="housing", is_unknown=is_unknown)
    assert len(stage.asked) == 1


async def test_where_nobody_listens_nothing_was_done():
    services = Services({"housing": "http://127.0.0.1:9", "payroll": ""})
    assert services.names == ("housing",)
    for service in ("housing", "payroll", "elsewhere"):
        outcome = await services.send(service, Sent(method="POST", path="/x"))
        assert outcome == Unreachable(service=service, is_unknown=False)


async def test_a_path_never_leaves_the_service(stage):
    with pytest.raises(ValueError, match="own host"):
        await stage.services().get("housing", "http://elsewhere.example/x")
    await stage.services().get("housing", "//elsewhere.example/x")
    assert [path for _, path, _, _ in stage.asked] == ["/x"]


async def test_a_contract_is_kept_for_a_minute_unless_a_refusal_casts_doubt_on_it(stage):
    now = 100
    contracts = Contracts(stage.services(), seconds=lambda: now)
    for _ in range(3):
        assert await contracts.of("housing") == {"paths": {}}
    assert len(stage.asked) == 1
    contracts.doubt("housing")
    await contracts.of("housing")
    assert len(stage.asked) == 2
    now += FRESH_SECONDS
    await contracts.of("housing")
    assert len(stage.asked) == 3


async def test_a_contract_that_cannot_be_had_anew_is_used_as_it_was(stage):
    contracts = Contracts(stage.services())
    stage.answer = a_problem(503)
    assert await contracts.of("housing") == Unreachable(service="housing")
    stage.answer = JSONResponse({"paths": {"/v1/cases": {}}})
    await contracts.of("housing")
    stage.answer = a_problem(503)
    contracts.doubt("housing")
    assert await contracts.of("housing") == {"paths": {"/v1/cases": {}}}
