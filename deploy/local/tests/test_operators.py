"""What an operator asks of all services, and business time moved forward in each of them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import KeySet

from firstshift.clock_travel import advance, clocks, settle
from firstshift.errors import CannotRun
from firstshift.home import Home, read_json
from firstshift.operators import Operator
from firstshift.running import Running
from firstshift.tokens import public_keys
from shared.clock import SystemClock, TravelClock

QUIET = {"unpublished": 0, "lag": 0, "due_again": 0, "due_looks": 0, "parked": 0}


@dataclass(kw_only=True)
class Answers:
    """Services that answer as the real ones do, each with a clock of its own; those in `silent` do not."""

    silent: set[str] = field(default_factory=set)
    backlog: dict[str, Any] = field(default_factory=lambda: dict(QUIET))
    clocks: dict[str, TravelClock] = field(default_factory=dict)
    tokens: list[str] = field(default_factory=list)

    def answer(self, request: httpx.Request) -> httpx.Response:
        service = request.url.host
        self.tokens.append(request.headers["Authorization"].removeprefix("Bearer "))
        if service in self.silent:
            raise httpx.ConnectError("nobody there")
        clock = self.clocks.setdefault(service, TravelClock())
        match request.method, request.url.path:
            case "GET", "/v1/backlog":
                return httpx.Response(200, json=self.backlog)
            case "POST", "/v1/clock:advance":
                assert request.headers["Idempotency-Key"]
                ahead = datetime.fromisoformat(httpx.Response(200, content=request.content).json()["to"]) - clock.now()
                clock.offset = timedelta(seconds=round((clock.offset + ahead) / timedelta(seconds=1)))
            case "GET", "/v1/clock":
                pass
            case _:
                return httpx.Response(404, json={"detail": "There is no such thing."})
        return httpx.Response(200, json={"now": clock.now().isoformat()})


@asynccontextmanager
async def an_operator(home: Home, answers: Answers, *, test_mode: bool = True) -> AsyncIterator[Operator]:
    urls = {name: f"http://{name}" for name in ("assignments", "housing", "payroll")}
    running = Running(home=home, urls=urls, broker="", is_test_mode=test_mode)
    async with httpx.AsyncClient(transport=httpx.MockTransport(answers.answer)) as http:
        yield Operator(running, http)


async def test_a_service_that_does_not_answer_is_named_beside_the_answers_of_the_others(home: Home) -> None:
    answers = Answers(silent={"housing"})
    async with an_operator(home, answers) as operator:
        said, silent = await operator.ask_all("/v1/backlog")

    assert said == {"assignments": QUIET, "payroll": QUIET}
    assert [(one.service, one.why) for one in silent] == [("housing", "ConnectError")]
    keys = KeySet.import_key_set(read_json(public_keys(home)))  # type: ignore[arg-type]
    claims = jwt.decode(answers.tokens[0], keys, algorithms=["Ed25519"]).claims
    assert claims["roles"] == ["operator"]


async def test_a_refusal_is_told_in_the_words_of_the_service_and_an_unknown_service_with_those_that_run(
    home: Home,
) -> None:
    async with an_operator(home, Answers()) as operator:
        with pytest.raises(CannotRun, match=r"payroll refuses\. There is no such thing\."):
            await operator.get("payroll", "/v1/parked-events/7")
        with pytest.raises(CannotRun, match="Those that run: assignments, housing, payroll"):
            await operator.get("weather", "/v1/parked-events/7")


async def test_all_clocks_agree_after_a_journey_and_each_service_moved_once_in_order(home: Home) -> None:
    answers, moved = Answers(), list[str]()
    before = SystemClock().now()
    async with an_operator(home, answers) as operator:
        reached = await advance(operator, "3d", moved.append)
        shown = await clocks(operator)

    assert moved == ["assignments", "housing", "payroll"]
    assert {clock.offset for clock in answers.clocks.values()} == {timedelta(days=3)}
    assert timedelta(days=3) <= reached - before < timedelta(days=3, seconds=10)
    assert max(shown.values()) - min(shown.values()) < timedelta(seconds=1)


async def test_time_stands_outside_test_mode_and_while_something_is_on_its_way(home: Home) -> None:
    async with an_operator(home, Answers(), test_mode=False) as operator:
        with pytest.raises(CannotRun, match="Time moves in test mode only"):
            await advance(operator, "3d", print)

    answers = Answers(backlog={**QUIET, "lag": 4})
    async with an_operator(home, answers) as operator:
        with pytest.raises(CannotRun, match="assignments has 4 not yet read; housing has 4 not yet read"):
            await settle(operator, within_seconds=0)
