"""Skills checklists for whoever reviews them: score, gaps, ratings, and the review."""

from typing import Any

import httpx
import pytest

from portal import main
from portal.clients.services import Services
from portal.settings import Settings
from services.portal.tests.api.checklists import Credentialing, a_checklist, a_rating
from services.portal.tests.api.pages import Browser, page_of
from services.portal.tests.builders import a_client, a_clinician, a_facility, an_offer
from shared.runtime.definition import Service
from shared.testing.api import Api, Issuer
from shared.testing.house import House

PAGE = "/assignments/asg_1/skills"
ONE = f"{PAGE}/chk_1"
RATED = (a_rating("heart.rhythm"), a_rating("heart.pressure", 2, "yearly"), a_rating("brain.scales", 3))


@pytest.fixture
def credentialing() -> Credentialing:
    return Credentialing()


@pytest.fixture
def definition(environment: dict[str, Any], credentialing: Credentialing) -> Service:
    transports = {"credentialing": httpx.ASGITransport(app=credentialing)}
    services = Services({"credentialing": "http://credentialing.test"}, transports=transports)
    return main.service(Settings(**environment), services=services)


@pytest.fixture
async def browser(house: House, api: Api, issuer: Issuer, credentialing: Credentialing) -> Browser:
    credentialing.checklists = [a_checklist(*RATED, state="signed", signed_on="2026-01-06")]
    await house.say(a_facility(), a_clinician(), a_client(), an_offer())
    return Browser(api.client, issuer, role="credentialing_specialist")


async def test_the_ordered_unit_stands_first_with_its_score(browser, credentialing):
    credentialing.checklists.append(a_checklist(checklist_id="chk_2", unit="MS", form="MS"))
    rows = [row.text for row in (await browser.open(PAGE)).one("table", id="skills-table").all("tr")[1:]]

    assert rows == [
        "ICU ordered unit Waits for a review 66 % Mon 5 Jan 2026 Tue 6 Jan 2026",
        "MS Being filled in 0 % Mon 5 Jan 2026 –",
    ]


async def test_without_a_checklist_it_says_who_fills_one_in(browser, credentialing):
    credentialing.checklists = []

    assert "The clinician fills it in for ICU" in (await browser.open(PAGE)).text


async def test_one_shows_the_gaps_in_words_and_each_rating(browser):
    page = await browser.open(ONE)

    assert page.one("dl", class_="stats").text == "Score 66 % 2 of 3 done alone or better"
    assert page.one("section", id="score").text.startswith("By section")
    assert page.one("section", id="gaps").text == ("Gaps 1 Circulation Reads <pressure> 2 Needs help At least once")
    assert "Rates by scales 3 Does it alone · Every week" in page.one("section", id="ratings").text


async def test_what_is_not_rated_yet_is_counted_and_is_no_gap(browser, credentialing):
    credentialing.checklists = [a_checklist(a_rating("heart.pressure", 2, "yearly"))]
    gaps = (await browser.open(ONE)).one("section", id="gaps").text

    assert gaps == "Gaps 1 Circulation Reads <pressure> 2 Needs help At least once 2 skills not rated yet."


async def test_one_is_accepted_or_sent_back_with_a_note(browser, credentialing):
    empty = await browser.send(ONE, is_htmx=False, accepts="yes", note="", idempotency_key="k")
    assert (empty.status_code, credentialing.done) == (422, [])
    assert page_of(empty).one("textarea", id="f-note").get("aria-invalid") == "true"

    done = await browser.send(ONE, is_htmx=False, accepts="no", note="Show it.", version="5", idempotency_key="k")
    assert (done.status_code, done.headers["location"]) == (303, ONE)
    body = {"accepts": False, "note": "Show it."}
    assert credentialing.done == [{"command": "chk_1:review", "body": body, "version": '"5"'}]


async def test_who_filled_it_in_is_told_that_a_second_person_reviews_it(browser, credentialing):
    credentialing.refusal = (403, "reviewer_filled_it", [])
    page = page_of(await browser.send(ONE, is_htmx=False, accepts="yes", note="Seen.", idempotency_key="k"))

    assert "It says reviewer_filled_it." in page.text
    assert page.one("textarea", id="f-note").text == "Seen."


async def test_what_is_reviewed_or_being_filled_in_is_not_reviewed(browser, credentialing):
    for state in ("draft", "accepted", "returned"):
        credentialing.checklists = [a_checklist(*RATED, state=state, note="Seen." if state != "draft" else None)]
        assert not (await browser.open(ONE)).all("form", id="review-form"), state


async def test_a_checklist_of_another_unit_says_that_it_does_not_count_here(browser, credentialing):
    credentialing.checklists = [a_checklist(*RATED, unit="MS")]

    assert "This is not the ordered unit" in (await browser.open(ONE)).text


async def test_a_checklist_of_somebody_else_is_not_there(browser, credentialing):
    credentialing.checklists = [a_checklist(*RATED, clinician_id="cln_2", state="signed")]

    assert (await browser.get(ONE)).status_code == 404
    sent = await browser.send(ONE, accepts="yes", note="Seen.", idempotency_key="k")
    assert (sent.status_code, credentialing.done) == (404, [])


async def test_only_who_reviews_sees_them(browser):
    assert (await browser.as_("coordinator").get(PAGE)).status_code == 403
