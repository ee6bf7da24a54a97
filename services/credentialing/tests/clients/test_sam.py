"""SAM.gov over HTTP: searched by number and names, within the few questions of a day, and compared here."""

from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from datetime import date
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from credentialing.clients.pace import Pacing
from credentialing.clients.sam import Sam
from credentialing.domain.screening.matching import Person
from credentialing.domain.screening.names import NameKind, PersonName, readings_of
from credentialing.domain.sources.answer import Answer, Confirmed, RequestError, Trouble, Unclear
from credentialing.domain.sources.catalogue import Pace
from credentialing.domain.sources.question import Question, Screened
from services.credentialing.tests.clients.simulation import TODAY, served, simulated

BARRED_NPI, NPI = "1972902351", "1234567893"
FORMER = PersonName(first="Ana", last="Before", kind=NameKind.FORMER)


def question(name: str = "Ana Example", *others: PersonName, lists: tuple[str, ...] = (), **fields: Any) -> Question:
    person = Person(names=(*readings_of(name), *others), birth_date=date(1990, 4, 17), **fields)
    screened = Screened(person=person, lists_in_use=frozenset(lists))
    return Question(inquiry_id="inq_1", code="EXC-SAM", today=TODAY, email="ana@example.org", screened=screened)


async def answer_to(asked: Question, *, key: str = "an-invented-key", **told: Any) -> tuple[Answer, int]:
    """What is answered, and in how many requests."""
    async with simulated(**told) as sources, aclosing(Sam(f"{sources.url}/sam", key=key)) as client:
        return await client.ask(asked), len(await sources.asked())


async def test_nobody_listed_confirms_in_one_question_a_name_and_one_for_the_number():
    found, calls = await answer_to(question("Ana Maria Example", FORMER, npi=NPI))
    assert (type(found), calls) == (Confirmed, 3)


async def test_every_page_of_a_name_is_read():
    found, calls = await answer_to(question("Nell Many"))
    assert isinstance(found, Confirmed)
    assert (found.facts.notes, calls) == (("Searched by 1 name: 23 records, none of the clinician",), 3)
    same, _ = await answer_to(question("Pat Many"))
    assert isinstance(same, Unclear)
    assert "23 active exclusions" in same.why


async def test_a_name_of_too_many_costs_one_question_and_is_searched_by_hand():
    found, calls = await answer_to(question("Nell Crowd"))
    assert (found, calls) == (RequestError(why="SAM.gov has 99 records of one name; search it by hand."), 1)


async def test_after_something_was_found_nothing_more_is_asked():
    found, calls = await answer_to(question("Zelda Barred", FORMER, npi=BARRED_NPI))
    assert isinstance(found, Unclear)
    assert "a person of NY (HHS, from 2011-12-12 without an end, with the clinician's NPI)" in found.why
    assert (found.facts.notes, calls) == (("2 searches not made yet when this was found.",), 1)


async def test_what_stands_in_the_leie_is_left_to_it_where_that_is_loaded():
    found, calls = await answer_to(question("Zelda Barred", npi=BARRED_NPI, lists=("leie",)))
    assert (type(found), calls) == (Confirmed, 2)


async def test_a_day_that_is_over_is_waited_out_for_everybody():
    found, calls = await answer_to(question("Ana Example", FORMER), sam_questions_a_day=1)
    assert isinstance(found, Trouble)
    assert (found.again_in_seconds, found.is_for_all, calls) == (24 * 60 * 60, True, 2)


async def test_a_key_that_is_not_taken_and_a_directory_without_the_person_are_waited_for():
    keyless, calls = await answer_to(question(), key="")
    assert (type(keyless), calls) == (Trouble, 1)
    unknown, calls = await answer_to(Question(inquiry_id="inq_1", code="EXC-SAM", today=TODAY))
    assert (type(unknown), calls) == (Trouble, 0)


@pytest.mark.parametrize("person", [Person(names=()), Person(names=readings_of("…"), npi=NPI)])
async def test_without_a_name_nothing_is_asked(person):
    asked = Question(inquiry_id="inq_1", code="EXC-SAM", today=TODAY, screened=Screened(person=person))
    found, calls = await answer_to(asked)
    assert (type(found), calls) == (RequestError, 0)


async def test_no_person_is_begun_whom_the_day_does_not_finish_and_what_was_not_used_stays():
    pacing = Pacing(Pace(calls=4, seconds=60))
    async with (
        simulated() as sources,
        aclosing(Sam(f"{sources.url}/sam", key="k", pacing=pacing)) as client,
    ):
        found = [await client.ask(question("Zelda Barred", FORMER, npi=BARRED_NPI))]  # one of three used
        found += [await client.ask(question("Ana Example", FORMER)), await client.ask(question("Ana Example", FORMER))]
        found += [await client.ask(question("Ana Example")), await client.ask(question("Ana Example"))]
        many = [PersonName(first="Ana", last=f"Example{letter}") for letter in "ABCDE"]
        found.append(await client.ask(question("Ana Example", *many)))
        assert len(await sources.asked()) == 4
    assert [type(one) for one in found] == [Unclear, Confirmed, Trouble, Confirmed, Trouble, RequestError]
    assert all(one.is_for_all and one.again_in_seconds for one in found if isinstance(one, Trouble))


@asynccontextmanager
async def answering(body: Any) -> AsyncIterator[tuple[Sam, list[dict[str, str]]]]:
    """A client of a source that always answers this, and what that was asked."""
    asked: list[dict[str, str]] = []

    async def look_up(request: Request) -> Response:
        asked.append(dict(request.query_params))
        return JSONResponse(body)

    async with (
        served(Starlette(routes=[Route("/exclusions", look_up)])) as url,
        aclosing(Sam(url, key="an-invented-key")) as client,
    ):
        yield client, asked


async def test_names_and_number_are_all_that_goes_out():
    """INVARIANT: no birth date, e-mail address or middle name leaves for a list of the excluded.

    What breaks it: a parameter made of anything else of the question.
    """
    async with answering({"totalRecords": 0}) as (client, asked):
        await client.ask(question("Ana Maria Example", FORMER, npi=NPI))
    usual = {"recordStatus": "active", "page": "0", "size": "10", "api_key": "an-invented-key"}
    searched = [{"npi": NPI}, {"exclusionName": "EXAMPLE ANA"}, {"exclusionName": "BEFORE ANA"}]
    assert asked == [{**one, **usual} for one in searched]


@pytest.mark.parametrize("body", [{"totalRecords": 3}, {"totalRecords": 3, "excludedEntity": ["?"]}, {}, [], None])
async def test_a_list_that_is_not_whole_is_no_empty_list(body):
    async with answering(body) as (client, _):
        assert isinstance(await client.ask(question()), Trouble)
