"""The clinician's own skills checklist: begun, filled section by section, signed, and begun again when sent back."""

from typing import Any

import httpx
import pytest

from portal import main
from portal.clients.services import Services
from portal.settings import Settings
from services.portal.tests.api.checklists import FORM, Credentialing, a_checklist, a_rating
from services.portal.tests.api.pages import Browser, page_of
from services.portal.tests.builders import a_clinician, a_facility, an_offer, some_terms
from shared.runtime.definition import Service
from shared.testing.api import Api, Issuer
from shared.testing.house import House

PAGE = "/l/own/asg_1/skills"
FIRST = f"{PAGE}/1"
RHYTHM, PRESSURE, SCALES = (a_rating(name) for name in ("heart.rhythm", "heart.pressure", "brain.scales"))


@pytest.fixture
def credentialing() -> Credentialing:
    return Credentialing()


@pytest.fixture
def definition(environment: dict[str, Any], credentialing: Credentialing) -> Service:
    transports = {"credentialing": httpx.ASGITransport(app=credentialing)}
    services = Services({"credentialing": "http://credentialing.test"}, transports=transports)
    return main.service(Settings(**environment), services=services)


@pytest.fixture
async def browser(house: House, api: Api, issuer: Issuer) -> Browser:
    """The clinician of asg_1, whom a link let in; asg_2 is somebody else's."""
    await house.say(
        a_facility(),
        a_clinician(),
        a_clinician(clinician_id="cln_2", source_reference="C-2", name="Jon Abara"),
        an_offer(),
        an_offer(assignment_id="asg_2", source_reference="O-2", clinician_id="cln_2"),
    )
    return Browser(api.client, issuer, role="clinician", subject="lnk_1", claims={"clinician_id": "cln_1"})


async def _send(browser: Browser, path: str, **fields: str) -> httpx.Response:
    return await browser.send(path, is_htmx=False, idempotency_key="k1", **fields)


async def test_it_is_begun_for_the_ordered_unit(browser, credentialing):
    assert (await browser.open(PAGE)).one("button").text == "Begin the checklist"
    begun = await _send(browser, PAGE, do="begin")

    assert (begun.status_code, begun.headers["location"]) == (303, PAGE)
    body: dict[str, Any] = {"unit": "ICU", "form": None, "ratings": []}
    assert credentialing.done == [{"command": "fill", "body": body, "clinician_id": "cln_1"}]


async def test_a_unit_without_a_form_lets_one_be_chosen(browser, credentialing):
    credentialing.refusal = (422, "skills_form_unknown", [])
    page = page_of(await _send(browser, PAGE, do="begin"))
    assert [one.get("value") for one in page.one("select", name="form").all("option")] == ["ICU", "MS"]

    credentialing.refusal = None
    await _send(browser, PAGE, do="begin", form="MS")
    assert credentialing.done[-1]["body"]["form"] == "MS"


async def test_a_unit_that_only_the_client_names_so_has_the_form_of_its_specialty(browser, house, credentialing):
    named = some_terms(unit="MedSurg 2", specialty="MS")
    await house.say(an_offer(assignment_id="asg_3", source_reference="O-3", terms=named))
    await _send(browser, "/l/own/asg_3/skills", do="begin")

    assert credentialing.done[0]["body"] == {"unit": "MedSurg 2", "form": "MS", "ratings": []}


async def test_it_says_what_is_rated_and_leads_to_what_is_missing(browser, credentialing):
    credentialing.checklists = [a_checklist(RHYTHM, PRESSURE)]
    page = await browser.open(PAGE)

    assert "2 of 3 rated" in page.one("section", id="sections").text
    assert "1 skill to go" in page.text
    assert [(one.text, one.get("href")) for one in page.all("a", class_="button-primary")] == [
        ("Go on: Brain", f"{PAGE}/2")
    ]
    assert "Sign the checklist" not in page.text


async def test_a_section_shows_what_is_saved(browser, credentialing):
    credentialing.checklists = [a_checklist(a_rating("heart.rhythm", 3, "monthly"))]
    page = await browser.open(FIRST)

    ticked = [one.get("value") for one in page.all("input", name="rating_heart.rhythm") if "checked" in one.attributes]
    often = page.one("select", name="often_heart.rhythm")
    assert (ticked, [one.get("value") for one in often.all("option") if "selected" in one.attributes]) == (
        ["3"],
        ["monthly"],
    )
    assert "Reads <pressure>" in page.text


async def test_saving_a_section_keeps_the_others_and_goes_on(browser, credentialing):
    credentialing.checklists = [a_checklist(SCALES, PRESSURE)]
    fields = {"rating_heart.rhythm": "4", "often_heart.rhythm": "weekly", "rating_heart.pressure": "1"}
    saved = await _send(browser, FIRST, **fields)

    assert (saved.status_code, saved.headers["location"]) == (303, f"{PAGE}/2")
    never = a_rating("heart.pressure", 1, "never")
    assert credentialing.done[0]["body"] == {"unit": "ICU", "form": "ICU", "ratings": [SCALES, RHYTHM, never]}


async def test_the_last_section_leads_back_to_the_list(browser, credentialing):
    credentialing.checklists = [a_checklist(RHYTHM, PRESSURE)]
    saved = await _send(browser, f"{PAGE}/2", **{"rating_brain.scales": "4", "often_brain.scales": "weekly"})

    assert saved.headers["location"] == PAGE


async def test_half_a_rating_is_said_at_its_field_and_what_was_chosen_stays(browser, credentialing):
    credentialing.checklists = [a_checklist()]
    answer = await _send(browser, FIRST, **{"rating_heart.rhythm": "4", "often_heart.pressure": "weekly"})
    page = page_of(answer)

    assert (answer.status_code, credentialing.done) == (422, [])
    assert [(one.get("href"), one.text) for one in page.one("div", class_="error-summary").all("a")] == [
        ("#f-often_heart.rhythm", "Reads <rhythm>: Choose how often you did it."),
        ("#f-rating_heart.pressure", "Reads <pressure>: Choose how well you do it."),
    ]
    ticked = [one.get("value") for one in page.all("input", name="rating_heart.rhythm") if "checked" in one.attributes]
    assert ticked == ["4"]


async def test_what_credentialing_refuses_of_a_rating_stands_at_its_skill(browser, credentialing):
    credentialing.checklists = [a_checklist(SCALES)]
    fault = {"pointer": "/ratings/1/rating", "code": "rating_without_practice", "message": "2 at most."}
    credentialing.refusal = (422, "invalid", [fault])
    answer = await _send(browser, FIRST, **{"rating_heart.rhythm": "4", "often_heart.rhythm": "never"})

    assert answer.status_code == 422
    assert "2 at most." in page_of(answer).one("p", id="f-rating_heart.rhythm-error").text


async def test_a_whole_one_is_signed_as_it_was_seen(browser, credentialing):
    credentialing.checklists = [a_checklist(RHYTHM, PRESSURE, SCALES)]
    page = await browser.open(PAGE)
    version = page.one("input", name="version").get("value") or ""
    signed = await _send(browser, PAGE, do="sign", version=version)

    assert (page.one("button").text, signed.headers["location"]) == ("Sign the checklist", PAGE)
    assert credentialing.done == [{"command": "chk_1:sign", "body": {}, "version": '"5"'}]


async def test_one_that_is_signed_is_shown_and_not_changed(browser, credentialing):
    credentialing.checklists = [a_checklist(RHYTHM, PRESSURE, SCALES, state="signed", signed_on="2026-01-06")]
    page = await browser.open(PAGE)

    assert "You signed it" in page.text
    assert not page.all("form")
    assert (await browser.get(FIRST)).headers["location"] == PAGE
    await _send(browser, FIRST, **{"rating_heart.rhythm": "1"})
    await _send(browser, PAGE, do="sign", version="5")
    assert credentialing.done == []


async def test_one_that_was_sent_back_says_why_and_is_begun_again_with_its_ratings(browser, credentialing):
    credentialing.checklists = [a_checklist(RHYTHM, SCALES, state="returned", note="Show <it>.")]
    page = await browser.open(PAGE)
    await _send(browser, PAGE, do="begin")

    assert "“Show <it>.”" in page.text
    assert page.one("button").text == "Correct it"
    assert credentialing.done[0]["body"] == {"unit": "ICU", "form": "ICU", "ratings": [RHYTHM, SCALES]}


async def test_nothing_is_lost_while_credentialing_is_away(browser, credentialing):
    credentialing.is_away = True
    answer = await _send(browser, FIRST, **{"rating_heart.rhythm": "4"})
    page = page_of(answer)

    assert "Credentialing does not answer" in page.text
    assert page.one("input", name="rating_heart.rhythm").get("value") == "4"
    assert "Credentialing does not answer" in page_of(await browser.get(PAGE)).text


async def test_the_own_page_leads_there_in_place_of_a_file_to_send(browser, credentialing):
    item = {"code": "COMP-SKILLS", "name": "Skills checklist", "status": "missing", "is_met": False}
    item |= {"waits_for": "clinician", "owner": "clinician", "due_on": "2025-12-12", "lack": "not_presented"}
    credentialing.items = [{**item, "partition": "personnel", "confirmed_by": "second_person"}]
    paper = (await browser.open("/l/own/asg_1")).one("li", id="own-COMP-SKILLS")

    assert (paper.one("a").get("href"), paper.all("input")) == (PAGE, [])


async def test_somebody_elses_is_not_there(browser, credentialing):
    for path in ("/l/own/asg_2/skills", "/l/own/asg_2/skills/1"):
        assert (await browser.get(path)).status_code == 404
        assert (await _send(browser, path, do="begin")).status_code == 404
    credentialing.checklists = [a_checklist()]
    assert (await browser.get(f"{PAGE}/{len(FORM['sections']) + 1}")).status_code == 404
    assert credentialing.done == []
