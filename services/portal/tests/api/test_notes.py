"""Notes and mentions in the browser."""

from typing import Any

import httpx
import pytest

from services.portal.tests.api.pages import Browser, page_of
from services.portal.tests.builders import a_clinician, a_facility, a_person, an_item, an_offer
from shared.testing.api import Api, Issuer
from shared.testing.house import House

ABOUT = "/notes?about=assignment&id=asg_1"
HOSTILE = '<img src=x onerror=alert(1)> & "quotes"'


@pytest.fixture
async def browser(house: House, api: Api, issuer: Issuer) -> Browser:
    ana = a_person(person_id="per_2", name="Ana Ruiz", email="ana@agency.example")
    await house.say(a_facility(), a_clinician(), a_person(), ana, an_offer())
    await house.say(an_item(), publisher="credentialing")
    return Browser(api.client, issuer)


async def write(browser: Browser, text: str, at: str = ABOUT, **fields: Any):
    form = (await browser.open(at)).one("section", id="notes-block").one("form")
    key = str(form.one("input", name="idempotency_key").get("value"))
    return await browser.send(at, **{"idempotency_key": key, "text": text, **fields})


@pytest.mark.parametrize(
    "at",
    [
        ABOUT,
        "/notes?about=clinician&id=cln_1",
        "/notes?about=facility&id=fac_1",
        "/notes?about=work_item&id=wki_1",
    ],
)
async def test_a_note_stands_on_what_it_is_about_as_it_was_typed(browser, at):
    answer = await write(browser, f"{HOSTILE}\nsecond line", at)
    assert answer.status_code == 200
    assert "<img" not in answer.text
    (note,) = page_of(answer).one("section", id="notes-block").all("li")
    assert f"{HOSTILE} second line" in note.text
    assert note.one("strong").text == "You"
    assert (await browser.as_("lead", "per_2").open(at)).one("li", id=str(note.get("id"))).text.startswith("TO Tomas")


async def test_whoever_is_mentioned_finds_it_until_they_have_read_it(house, browser):
    await write(browser, "Ask @Ana Ruiz about the card.")
    ana = browser.as_("lead", "per_2")
    page = await ana.open("/me/mentions")
    (mention,) = page.one("div", id="mentions").one("ul").all("li")
    assert mention.text.startswith("New Tomas Okafor-Lind on an assignment (Ines Calloway, Prairie Lake Hospital)")
    assert "Ask @Ana Ruiz about the card." in mention.text
    assert mention.one("a").get("href") == "/assignments/asg_1"
    key = str(page.one("input", name="idempotency_key").get("value"))
    assert (await ana.send("/me/mentions", idempotency_key=key)).status_code == 303
    assert "New" not in (await ana.open("/me/mentions")).one("div", id="mentions").text
    await house.say(a_person(person_id="per_2", name="Ana Blom", email="ana@agency.example"))
    assert "Ask @Ana Blom about the card." in (await ana.open(ABOUT)).one("section", id="notes-block").text
    assert "Nobody has mentioned you" in (await browser.open("/me/mentions")).one("div", id="mentions").text


async def test_a_note_with_faults_comes_back_as_it_was_typed(browser):
    answer = await write(browser, "x" * 4001)
    assert answer.status_code == 422
    page = page_of(answer)
    assert page.one("textarea").text == "x" * 4001
    assert "At most 4,000 characters." in page.one("p", id="f-note-text-error").text
    assert page.all("li") == []


async def test_the_same_form_twice_writes_one_note(browser):
    for _ in range(2):
        answer = await browser.send(ABOUT, idempotency_key="note-1", text="Once.")
    assert len(page_of(answer).one("section", id="notes-block").all("li")) == 1


async def test_without_scripts_the_browser_is_sent_back_to_the_notes(browser):
    answer = await browser.send(ABOUT, is_htmx=False, idempotency_key="note-1", text="Once.")
    assert (answer.status_code, answer.headers["location"]) == (303, ABOUT)


@pytest.mark.parametrize("about", ["assignment", "clinician", "facility", "work_item"])
async def test_about_what_is_not_there_nothing_is_written(browser, about):
    at = f"/notes?about={about}&id=xxx_9"
    assert (await browser.get(at)).status_code == 404
    assert (await browser.send(at, idempotency_key="note-1", text="x")).status_code == 404


async def test_who_may_not_write_reads(browser):
    page = await browser.as_("payroll_approver", "per_2").open(ABOUT)
    assert page.one("section", id="notes-block").all("form") == []
    answer = await browser.as_("payroll_approver", "per_2").send(ABOUT, idempotency_key="n", text="x")
    assert answer.status_code == 403


async def suggested(browser: Browser, typed: str) -> list[tuple[str, str]]:
    """What may stand after the @: what is written, and what is read."""
    answer = await browser.get(f"/notes/people?{httpx.QueryParams(q=typed)}", is_htmx=True)
    assert answer.status_code == 200
    return [(str(one.get("data-value")), one.text) for one in page_of(answer).all("li", role="option")]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("", ["Ana Ruiz", "Tomas Okafor-Lind"]),
        ("an", ["Ana Ruiz"]),
        ("rui an", ["Ana Ruiz"]),
        ("Ana Ruiz", ["Ana Ruiz"]),
        ("Ana Ruiz about", []),
        ("okafor", ["Tomas Okafor-Lind"]),
        ("'&|!:* (", []),
    ],
)
async def test_who_may_be_meant_is_suggested_while_a_name_is_typed(browser, typed, names):
    assert await suggested(browser, typed) == [(name, name) for name in names]


async def test_a_suggestion_is_what_tells_whom_it_names(house, browser):
    await house.say(a_person(person_id="per_3", name="Ana Ruiz", email="ana.ruiz@agency.example"))
    options = await suggested(browser, "ana")
    assert options == [
        ("ana@agency.example", "Ana Ruiz ana@agency.example"),
        ("ana.ruiz@agency.example", "Ana Ruiz ana.ruiz@agency.example"),
    ]
    assert (await write(browser, f"Ask @{options[1][0]} please")).status_code == 200
    third, second = browser.as_("lead", "per_3"), browser.as_("lead", "per_2")
    told = [(await one.open("/me/mentions")).one("div", id="mentions").text for one in (third, second)]
    assert ["Ask @Ana Ruiz please" in text for text in told] == [True, False]


async def test_whoever_left_is_suggested_no_more_and_hostile_names_are_text(house, browser):
    await house.say(a_person(person_id="per_2", name="Ana Ruiz", is_active=False), a_person(name=HOSTILE))
    assert await suggested(browser, "") == [(HOSTILE, HOSTILE)]


async def test_suggestions_are_for_those_who_may_write(browser):
    assert (await browser.as_("payroll_approver").get("/notes/people?q=a")).status_code == 403


async def test_without_scripts_the_form_is_a_field_of_text(browser):
    form = (await browser.open(ABOUT)).one("section", id="notes-block").one("form")
    assert form.one("textarea").get("name") == "text"
    assert "hidden" in form.one("ul", role="listbox").attributes
