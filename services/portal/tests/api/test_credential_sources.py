"""What waits at the sources, since when and why, and how old the lists of the excluded are."""

from typing import Any

import pytest

from portal import main
from portal.settings import Settings
from services.portal.tests.api.answering import Answering
from services.portal.tests.api.pages import Browser
from services.portal.tests.builders import a_client, a_clinician, a_facility, an_item, an_offer
from shared.runtime.definition import Service
from shared.testing.api import Api, Issuer
from shared.testing.house import House

PAGE = "/credentialing/sources"


def a_source(source: str = "nppes", **facts: Any) -> dict[str, Any]:
    quiet = {"is_set_up": True, "waiting": 0, "due": 0, "pending": 0, "set_aside": 0, "failed": 0}
    return {"source": source, **quiet, **facts}


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
    found.tell("GET /v1/sources", {"items": [a_source()]})
    found.tell("GET /v1/exclusion-lists", {"items": []})
    found.tell("GET /v1/files", {"items": [{"file_id": "fil_1"}]})
    found.tell(
        "GET /v1/files/fil_1/inquiries", {"items": [a_question(), a_question(inquiry_id="inq_2", state="answered")]}
    )
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
    credentialing.tell("GET /v1/sources", {"items": [a_source(**facts)]})

    page = await lead.open(PAGE)

    assert words in page.one("tr", id="source-nppes").text
    assert "Nothing waits at a source" not in page.text


async def test_who_waits_for_a_silent_source_is_named_with_the_trouble_and_a_way_to_ask_again(
    lead, house, credentialing
):
    credentialing.tell("GET /v1/sources", {"items": [a_source("licence_source", waiting=1, due=1)]})
    await house.say(an_item(kind="source_unavailable"), publisher="credentialing")

    waiting = (await lead.open(PAGE)).one("section", id="unanswered")

    assert "LIC-RN · CO of Ines Calloway It answered with <b>503</b>." in waiting.text
    assert "Licence register, asked" in waiting.text
    assert "4 tries in vain" in waiting.text
    again = waiting.one("a", aria_label="Try again: LIC-RN · CO of Ines Calloway").get("href") or ""
    assert "path=%2Fv1%2Ffiles%2Ffil_1%2Fitems%2FLIC-RN%3Aask" in again
    assert "back=%2Fcredentialing%2Fsources" in again
    assert len(waiting.all("li")) == 1


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
