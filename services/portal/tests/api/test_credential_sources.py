"""What waits at the sources, since when and why, and how old the lists of the excluded are."""

from typing import Any

import pytest

from portal import main
from portal.settings import Settings
from services.portal.tests.api.answering import Answering
from services.portal.tests.api.pages import Browser
from services.portal.tests.builders import a_client, a_clinician, a_facility, an_offer
from shared.runtime.definition import Service
from shared.testing.api import Api, Issuer
from shared.testing.house import House

PAGE = "/credentialing/sources"


def a_source(source: str = "nppes", **facts: Any) -> dict[str, Any]:
    quiet = {"is_set_up": True, "waiting": 0, "due": 0, "pending": 0, "set_aside": 0, "failed": 0, "trouble": None}
    return {"source": source, **quiet, **facts}


def the_sources(*sources: dict[str, Any], unanswered: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    return {"items": sources, "unanswered": unanswered}


def a_question(**facts: Any) -> dict[str, Any]:
    return {
        "inquiry_id": "inq_1",
        "code": "LIC-RN",
        "subject": "CO",
        "credential_id": "crd_1",
        "asked_of": "licence_source",
        "state": "waiting",
        "attempts": 4,
        "last_trouble": "It answered with <b>503</b>.",
        "needs_people": True,
        "opened_at": "2025-11-28T15:00:00Z",
        "result_id": None,
        "clinician_id": "cln_1",
        "file_id": "fil_1",
        "assignment_id": "asg_1",
        "work_item_id": "wki_1",
        **facts,
    }


def a_list(**facts: Any) -> dict[str, Any]:
    release = {"period": "2025-10", "posted_on": "2025-11-03"}
    return {
        "list_name": "leie",
        "title": "OIG",
        "release": release,
        "active": 1200,
        "screened": 1150,
        "due_on": "2025-12-10",
        "overdue": 0,
        **facts,
    }


@pytest.fixture
def credentialing() -> Answering:
    found = Answering()
    found.tell("GET /v1/sources", the_sources(a_source()))
    found.tell("GET /v1/exclusion-lists", {"items": []})
    return found


@pytest.fixture
def definition(environment: dict[str, Any], credentialing: Answering) -> Service:
    return main.service(Settings(**environment), services=credentialing.services())


@pytest.fixture
async def lead(house: House, api: Api, issuer: Issuer) -> Browser:
    await house.say(a_facility(), a_clinician(), a_client(), an_offer())
    return Browser(api.client, issuer, role="lead")


async def test_when_nothing_waits_the_page_says_so(lead):
    page = await lead.open(PAGE)

    assert page.one("tr", id="source-nppes").text.startswith(
        "NPI registry NPPES, asked for ID-NPI when a file opens Answers"
    )
    assert "Nothing waits at a source" in page.text
    assert "No list was taken in yet." in page.one("section", id="lists").text


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"is_set_up": False, "set_aside": 2}, "Not set up: people check by hand"),
        ({"waiting": 3, "due": 1}, "Late with 1 question"),
        ({"failed": 2}, "2 questions to correct"),
        ({"waiting": 1}, "To be asked"),
    ],
)
async def test_a_source_says_how_it_stands(lead, credentialing, facts, words):
    credentialing.tell("GET /v1/sources", the_sources(a_source(**facts)))

    page = await lead.open(PAGE)

    assert words in page.one("tr", id="source-nppes").text
    assert "Nothing waits at a source" not in page.text


async def test_a_source_that_does_not_answer_says_since_when_what_it_said_and_when_it_is_asked_next(
    lead, credentialing
):
    trouble = {
        "since": "2025-11-28T15:00:00Z",
        "questions": 2,
        "said": "It answered with <b>503</b>.",
        "next_try_at": "2025-12-02T06:00:00Z",
    }
    credentialing.tell("GET /v1/sources", the_sources(a_source(waiting=3, due=1, trouble=trouble)))

    row = (await lead.open(PAGE)).one("tr", id="source-nppes")

    assert "Does not answer It answered with <b>503</b>. 2 questions asked in vain, first " in row.text
    assert [one.get("datetime") for one in row.all("time")] == [
        "2025-11-28T15:00:00+00:00",
        "2025-12-02T06:00:00+00:00",
    ]


async def test_a_source_that_is_not_set_up_is_in_no_trouble(lead, credentialing):
    trouble = {"since": "2025-11-28T15:00:00Z", "questions": 1, "said": "", "next_try_at": "2025-12-02T06:00:00Z"}
    credentialing.tell("GET /v1/sources", the_sources(a_source(is_set_up=False, trouble=trouble)))

    row = (await lead.open(PAGE)).one("tr", id="source-nppes")

    assert "Not set up: people check by hand" in row.text
    assert row.all("time") == []


async def test_who_waits_for_a_silent_source_is_named_with_the_trouble_and_a_way_to_ask_again(lead, credentialing):
    open_ones = (a_question(), a_question(inquiry_id="inq_2", code="LIC-PT", work_item_id=None, last_trouble=None))
    silent = a_source("licence_source", waiting=2, due=1)
    credentialing.tell("GET /v1/sources", the_sources(silent, unanswered=open_ones))

    waiting = (await lead.open(PAGE)).one("section", id="unanswered")

    assert "LIC-RN · CO of Ines Calloway It answered with <b>503</b>." in waiting.text
    assert "LIC-PT · CO of Ines Calloway No trouble was told." in waiting.text
    assert "Licence register, asked" in waiting.text
    assert "4 tries in vain" in waiting.text
    links = {one.get("aria-label"): one.get("href") or "" for one in waiting.all("a", class_="button")}
    again = links["Try again: LIC-RN · CO of Ines Calloway"]
    assert "path=%2Fv1%2Ffiles%2Ffil_1%2Fitems%2FLIC-RN%3Aask" in again
    assert "back=%2Fcredentialing%2Fsources" in again
    assert links["Work item: LIC-RN · CO of Ines Calloway"] == "/work/wki_1"
    assert len(links) == 3


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({}, "Up to date 2025-10 posted 28 days ago Wed 10 Dec 2025 1,150 of 1,200"),
        ({"overdue": 4}, "People to screen"),
        ({"release": {"period": "2025-09", "posted_on": "2025-10-20"}}, "Older than a month"),
    ],
)
async def test_a_list_says_how_old_its_release_is(lead, credentialing, facts, words):
    credentialing.tell("GET /v1/exclusion-lists", {"items": [a_list(**facts)]})

    assert words in (await lead.open(PAGE)).one("tr", id="list-leie").text


async def test_sources_are_a_leads(lead):
    assert (await lead.as_("credentialing_specialist").get(PAGE)).status_code == 403


async def test_parts_of_the_section_are_found_from_anywhere_by_whoever_may_open_them(lead):
    specialist, bound = lead.as_("credentialing_specialist"), {"team_facilities": ["fac_1"]}
    teams = lead.as_("credentialing_specialist", **bound)

    async def found(who: Browser, typed: str) -> str:
        return (await who.get("/palette", is_htmx=True, params={"q": typed})).text

    assert PAGE in await found(lead, "sour")
    assert PAGE not in await found(specialist, "sour")
    assert "/credentialing/measures" in await found(specialist, "staff meas")
    assert "/credentialing/measures" not in await found(teams, "staff meas")
    assert "/credentialing/adverse" in await found(teams, "adverse")
    assert "/credentialing/adverse" not in await found(lead, "")
