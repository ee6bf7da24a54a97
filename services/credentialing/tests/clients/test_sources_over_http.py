"""Each source over HTTP, against the simulated one: what goes wrong there is an answer here, never an error."""

from contextlib import aclosing
from datetime import timedelta
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from credentialing.clients.background import Background
from credentialing.clients.fetching import MOST_BYTES, Fetched, Fetching
from credentialing.clients.licences import Licences
from credentialing.clients.nppes import Nppes
from credentialing.clients.pace import Pacing
from credentialing.domain.sources.answer import (
    Confirmed,
    NotFound,
    Pending,
    Refuted,
    RequestError,
    Trouble,
    Unclear,
)
from credentialing.domain.sources.catalogue import Pace
from credentialing.domain.sources.question import Question
from services.credentialing.tests.clients.simulation import TODAY, served, simulated

NAME = "Ana Example"


def question(code: str = "ID-NPI", **overrides: Any) -> Question:
    asked: dict[str, Any] = {"inquiry_id": "inq_1", "code": code, "today": TODAY, "name": NAME}
    return Question(**{**asked, "email": "ana@example.org", "jurisdiction": "CO", **overrides})


def npi(case: str) -> str:
    return f"1234567{case}0"


@pytest.mark.parametrize(
    ("case", "kind"),
    [
        ("00", NotFound),
        ("01", Refuted),
        ("02", Unclear),
        ("03", Refuted),
        ("04", Confirmed),
        ("05", Trouble),
        ("07", RequestError),
        ("09", Trouble),
        ("10", Trouble),
        ("55", Confirmed),
    ],
)
async def test_the_registry_answers_each_case(case, kind):
    async with simulated(names={npi(case): NAME}) as sources, aclosing(Nppes(f"{sources.url}/nppes")) as client:
        assert isinstance(await client.ask(question(number=npi(case))), kind)


async def test_a_registry_that_is_busy_says_when_to_come_again():
    async with simulated() as sources, aclosing(Nppes(f"{sources.url}/nppes")) as client:
        answer = await client.ask(question(number=npi("06")))
    assert isinstance(answer, Trouble)
    assert (answer.again_in_seconds, answer.is_for_all) == (30, True)


async def test_a_number_that_is_none_is_not_sent():
    async with simulated() as sources, aclosing(Nppes(f"{sources.url}/nppes")) as client:
        answers = [await client.ask(question(number=number)) for number in (None, "12345", "１２３４５６７８９０")]
        assert [type(one) for one in answers] == [Trouble, RequestError, RequestError]
        assert await sources.asked() == []


async def fetched(url: str, path: str, *, seconds: float = 20, **options: Any) -> Fetched | Trouble:
    async with aclosing(Fetching("test", url, seconds=seconds)) as client:
        return await client.fetch("GET", path, **options)


async def test_silence_broken_lines_and_answers_without_end_are_trouble():
    async def endless(_: Request) -> Response:
        return StreamingResponse(iter([b"x" * 65536] * (MOST_BYTES // 65536 + 2)))

    app = Starlette(routes=[Route("/endless", endless)])
    async with served(app) as url, simulated(slow_seconds=5) as sources:
        slow = {"version": "2.1", "number": npi("08")}
        found = [
            await fetched(url, "/endless"),
            await fetched(f"{sources.url}/nppes", "/", params=slow, seconds=0.2),
            await fetched("http://127.0.0.1:1", "/"),
        ]
    assert [type(one) for one in found] == [Trouble] * 3
    assert len({one.why for one in found if isinstance(one, Trouble)}) == 3


async def test_no_redirect_is_followed():
    async def away(_: Request) -> Response:
        return Response(status_code=302, headers={"Location": "http://127.0.0.1:1/elsewhere"})

    async with served(Starlette(routes=[Route("/", away)])) as url:
        assert await fetched(url, "/") == Fetched(status=302, body=None)


@pytest.mark.parametrize(
    ("case", "kind"),
    [
        ("00", NotFound),
        ("01", Refuted),
        ("02", Unclear),
        ("03", Refuted),
        ("04", Unclear),
        ("07", RequestError),
        ("09", Confirmed),
        ("10", Unclear),
        ("12", Unclear),
        ("13", Confirmed),
        ("77", Confirmed),
    ],
)
async def test_a_register_answers_under_its_reference(case, kind):
    async with simulated() as sources, aclosing(Licences(f"{sources.url}/licences", key="an-invented-key")) as client:
        asked = question("LIC-RN", number=f"RN.1234{case}")
        taken = await client.ask(asked)
        assert isinstance(taken, Pending)
        answer = await client.ask(question("LIC-RN", number=asked.number, reference=taken.reference))
        if isinstance(answer, Pending):  # it had forgotten the question, which was put anew
            assert answer.reference != taken.reference
            answer = await client.ask(question("LIC-RN", number=asked.number, reference=answer.reference))
    assert isinstance(answer, kind)


async def test_what_a_register_confirms_is_this_licence_and_no_neighbour():
    async with simulated() as sources, aclosing(Licences(f"{sources.url}/licences", key="")) as client:
        taken = await client.ask(question("LIC-RN", number="1234577"))
        assert isinstance(taken, Pending)
        answer = await client.ask(question("LIC-RN", number="1234577", reference=taken.reference))
    assert isinstance(answer, Confirmed)
    assert (answer.facts.number, answer.facts.expires_on) == ("1234577", TODAY + timedelta(days=425))
    assert answer.facts.notes == ("compact: multistate",)


async def test_a_register_that_is_not_ready_is_asked_again():
    async with simulated() as sources, aclosing(Licences(f"{sources.url}/licences", key="")) as client:
        answer = await client.ask(question("LIC-RN", number="1234508"))
        kinds = []
        for _ in range(3):
            assert isinstance(answer, Pending)
            answer = await client.ask(question("LIC-RN", number="1234508", reference=answer.reference))
            kinds.append(type(answer))
    assert kinds == [Pending, Pending, Confirmed]


@pytest.mark.parametrize(("case", "is_for_all"), [("05", False), ("06", True)])
async def test_a_register_in_trouble_is_left_alone(case, is_for_all):
    async with simulated() as sources, aclosing(Licences(f"{sources.url}/licences", key="")) as client:
        answer = await client.ask(question("LIC-RN", number=f"1234{case}"))
    assert isinstance(answer, Trouble)
    assert answer.is_for_all is is_for_all


async def ordered(url: str, tag: str) -> Any:
    """What an order comes to when it is asked about once after it was made."""
    asked = {"code": "BG-COUNTY", "email": f"ana+{tag}@example.org"}
    async with aclosing(Background(f"{url}/background", key="an-invented-key")) as client:
        made = await client.ask(question(**asked))
        return await client.ask(question(**asked, reference=made.reference)) if isinstance(made, Pending) else made


@pytest.mark.parametrize(
    ("tag", "kind"),
    [
        ("clear", Confirmed),
        ("consider", Unclear),
        ("engaged", Confirmed),
        ("adverse", Refuted),
        ("suspended", Pending),
        ("canceled", Unclear),
        ("dispute", Unclear),
        ("positive", Unclear),
        ("negative", Confirmed),
        ("expired", Unclear),
        ("waiting", Pending),
        ("busy", Trouble),
        ("refused", RequestError),
    ],
)
async def test_an_order_comes_to_what_its_case_says(tag, kind):
    async with simulated() as sources:
        assert isinstance(await ordered(sources.url, tag), kind)


async def test_an_order_that_is_sent_again_is_made_once():
    async with simulated() as sources, aclosing(Background(f"{sources.url}/background", key="")) as client:
        first = await client.ask(question("BG-COUNTY"))
        again = await client.ask(question("BG-COUNTY"))
    assert first == again


def test_a_pace_lets_the_next_call_go_when_the_first_has_left_the_window():
    seconds = iter([0.0, 1.0, 2.0, 9.5, 10.5])
    pacing = Pacing(Pace(calls=2, seconds=10), seconds_now=lambda: next(seconds))
    assert [pacing.take() for _ in range(5)] == [0, 0, 9, 1, 0]


def test_calls_are_taken_together_or_not_at_all_and_what_was_not_used_is_given_back():
    seconds = iter([0.0, 1.0, 2.0, 3.0, 4.0, 11.5])
    pacing = Pacing(Pace(calls=3, seconds=10), seconds_now=lambda: next(seconds))
    assert [pacing.take(2), pacing.take(2)] == [0, 10]
    pacing.give_back(1)
    assert [pacing.take(2), pacing.take(1)] == [0, 8]
    assert [pacing.take(2), pacing.take(1)] == [9, 0]
