"""Commands of the services as forms: asked for, foreseen, sent as the person, and refused in plain words."""

from typing import Any

import httpx
import pytest

from portal import main
from portal.settings import Settings
from services.portal.tests.api.department import Department
from services.portal.tests.api.pages import Browser, Node, page_of
from services.portal.tests.builders import a_client, a_clinician, a_facility, a_person, an_item, an_offer
from shared.runtime.definition import Service
from shared.testing.api import Api, Issuer
from shared.testing.house import House

AMEND = "/assignments/asg_1/do?service=assignments&path=/v1/assignments/asg_1:amend"
PUSH = "/assignments/asg_1/do?service=assignments&path=/v1/assignments/asg_1:push-start"


@pytest.fixture
def department() -> Department:
    return Department()


@pytest.fixture
def definition(environment: dict[str, Any], department: Department) -> Service:
    return main.service(Settings(**environment), services=department.services())


@pytest.fixture
async def browser(house: House, api: Api, issuer: Issuer) -> Browser:
    await house.say(a_facility(), a_clinician(), a_client(), a_person(), an_offer())
    return Browser(api.client, issuer)


async def the_form(browser: Browser, path: str = PUSH) -> dict[str, str]:
    """What a browser would send of the form as it was drawn."""
    return fields_of(await browser.open(path))


def fields_of(page: Node) -> dict[str, str]:
    form = page.one("div", id="command").one("form")
    return {str(one.get("name")): one.get("value") or "" for one in form.all("input") if one.get("name")}


def trouble_in(answer: httpx.Response) -> str:
    return page_of(answer).one("div", id="command").text


async def test_the_form_has_a_field_for_each_thing_that_the_contract_asks(browser, department):
    page = await browser.open(PUSH)
    assert page.one("h1").text == "Push the start"
    first, last = page.one("input", name="new_start"), page.one("input", name="new_end")
    assert (first.get("type"), "required" in first.attributes) == ("date", True)
    assert (last.get("type"), "required" in last.attributes) == ("date", False)
    assert page.one("input", name="version").get("value") == "7"
    assert department.asked[0]["authorization"].startswith("Bearer ")


async def test_it_is_sent_with_the_forms_key_and_the_version_that_was_seen(browser, department):
    fields = await the_form(browser)
    answer = await browser.send(PUSH, is_htmx=False, **fields | {"new_start": "2026-01-19"})
    assert answer.status_code == 303
    assert answer.headers["location"] == "/assignments/asg_1?said=pending&did=push-start"
    sent = department.asked[-1]
    assert (sent["key"], sent["version"], sent["rehearsal"]) == (fields["idempotency_key"], '"7"', False)
    assert sent["body"] == {"new_start": "2026-01-19", "new_end": None}
    page = await browser.open(answer.headers["location"])
    assert "Push the start: accepted. This page follows in a moment." in page.one("div", id="toasts").text


async def test_in_the_drawer_the_browser_is_sent_back_by_htmx(browser):
    back = PUSH + "&back=/board"
    fields = await the_form(browser, back)
    answer = await browser.send(back, is_htmx=True, **fields | {"new_start": "2026-01-19"})
    assert (answer.status_code, answer.headers["hx-redirect"], answer.content) == (200, "/board", b"")


async def test_whoever_came_from_a_work_item_is_told_on_it_what_was_done(house, browser):
    await house.say(an_item(), publisher="credentialing")
    path = PUSH + "&back=/work/wki_1%3Fowner=me"
    answer = await browser.send(path, is_htmx=False, **await the_form(browser, path) | {"new_start": "2026-01-19"})
    assert answer.headers["location"] == "/work/wki_1?owner=me&said=pending&did=push-start"
    page = await browser.open(answer.headers["location"])
    assert "Push the start: accepted." in page.one("div", id="toasts").text


async def test_an_address_says_nothing_but_the_names_of_commands(house, browser):
    await house.say(an_item(), publisher="credentialing")
    page = await browser.open("/work/wki_1?said=done&did=%3Cb%3Eyou+won")
    assert page.one("div", id="toasts").one("p").text == "Done."


async def test_nobody_is_sent_to_another_site_afterwards(browser):
    back = PUSH + "&back=//elsewhere.example"
    answer = await browser.send(back, is_htmx=True, **await the_form(browser, back) | {"new_start": "2026-01-19"})
    assert answer.headers["hx-redirect"] == "/"


async def test_a_preview_names_each_department_and_who_did_not_answer_and_changes_nothing(browser, department):
    fields = await the_form(browser)
    answer = await browser.send(PUSH, is_htmx=False, **fields | {"new_start": "2026-01-19", "preview": "true"})
    assert answer.status_code == 200
    said = page_of(answer).one("section", id="effects").text
    assert "First pay date moves to 2026-01-30." in said
    assert "Housing did not answer in time What it would mean there is not known." in said
    assert "Nobody approves hours <b>then</b>." in said
    assert "<b>then" not in answer.text
    assert (department.asked[-1]["rehearsal"], department.asked[-1]["key"], department.version) == (True, None, 7)
    again = fields_of(page_of(answer))
    assert (again["new_start"], again["idempotency_key"]) == ("2026-01-19", fields["idempotency_key"])


async def test_a_fault_stands_at_its_field_and_what_was_typed_stays(browser, department):
    fields = await the_form(browser)
    answer = await browser.send(PUSH, is_htmx=False, **fields | {"new_start": "<i>soon</i>", "new_end": "2026-05-01"})
    assert answer.status_code == 422
    page = page_of(answer)
    assert page.one("input", name="new_start").get("aria-invalid") == "true"
    assert page.one("p", id="f-new_start-error").text.startswith("Error: Input should be a valid date")
    assert page.one("div", class_="error-summary").one("a").get("href") == "#f-new_start"
    again = fields_of(page)
    assert (again["new_start"], again["new_end"]) == ("<i>soon</i>", "2026-05-01")
    assert "<i>soon" not in answer.text
    assert again["idempotency_key"] != fields["idempotency_key"]
    assert department.version == 7


async def test_when_somebody_was_faster_the_difference_is_shown_and_nothing_is_lost(browser, department):
    fields = await the_form(browser)
    department.version, department.start = 9, "2026-01-12"
    answer = await browser.send(PUSH, is_htmx=False, **fields | {"new_start": "2026-01-19"})
    assert answer.status_code == 412
    rows = [row.text for row in page_of(answer).one("table", class_="difference").all("tr", class_="differs")]
    assert rows == ["Terms › start date 2026-01-05 2026-01-12"]
    again = fields_of(page_of(answer))
    assert (again["new_start"], again["version"]) == ("2026-01-19", "9")
    done = await browser.send(PUSH, is_htmx=False, **again)
    assert (done.status_code, department.version, department.start) == (303, 10, "2026-01-19")


async def test_of_a_long_thing_the_last_value_is_compared_too(browser, department):
    department.terms["remarks"] = ["as agreed"] * 900
    fields = await the_form(browser)
    department.version, department.terms["remarks"] = 9, [*["as agreed"] * 899, "<b>struck</b>"]
    answer = await browser.send(PUSH, is_htmx=False, **fields | {"new_start": "2026-01-19"})
    rows = [row.text for row in page_of(answer).one("table", class_="difference").all("tr", class_="differs")]
    assert rows == ["Terms › remarks › 899 as agreed <b>struck</b>"]
    assert "<b>struck" not in answer.text


async def test_what_was_seen_and_does_not_come_back_is_not_called_changed(browser, department):
    fields = await the_form(browser)
    department.version = 9
    answer = await browser.send(PUSH, is_htmx=False, **fields | {"new_start": "2026-01-19", "seen": "[]"})
    assert answer.status_code == 412
    assert "What changed meanwhile is not known here." in trouble_in(answer)
    assert page_of(answer).all("table", class_="difference") == []


async def test_a_change_of_terms_begins_with_the_present_ones_and_sends_what_was_changed_alone(browser, department):
    fields = await the_form(browser, AMEND)
    assert (fields["revision/unit"], fields["new_end"]) == ("ICU", "2026-04-05")
    assert (fields["revision/shift_pattern/shifts_per_week"], fields["revision/bill_rates/1~value"]) == ("3", "138.00")
    await browser.send(AMEND, is_htmx=False, **fields | {"revision/unit": "Step-down 2"})
    assert department.asked[-1] == {"body": {"revision": {"unit": "Step-down 2"}}}
    await browser.send(AMEND, is_htmx=False, **fields | {"revision/shift_pattern/shifts_per_week": "4"})
    assert department.asked[-1] == {
        "body": {"revision": {"shift_pattern": {"shifts_per_week": 4, "starts_at": "07:00:00"}}}
    }
    await browser.send(AMEND, is_htmx=False, **fields)
    assert department.asked[-1] == {"body": {}}


async def test_a_push_begins_with_the_present_start_and_the_end_moves_along(browser, department):
    fields = await the_form(browser)
    assert (fields["new_start"], fields["new_end"]) == ("2026-01-05", "")


async def test_terms_that_a_role_is_not_shown_stay_as_they_are(browser, department):
    department.terms |= {"bill_rates": None, "shift_pattern": None}
    fields = await the_form(browser, AMEND)
    assert fields["revision/bill_rates/0~code"] == ""
    await browser.send(AMEND, is_htmx=False, **fields | {"revision/specialty": "CCU"})
    assert department.asked[-1] == {"body": {"revision": {"specialty": "CCU"}}}


async def test_what_others_changed_meanwhile_is_neither_hidden_nor_set_back(browser, department):
    fields = await the_form(browser, AMEND)
    department.version = 9
    department.terms |= {"specialty": "CVICU", "bill_rates": {"REG": "95.00", "OT": "138.00"}}
    typed = fields | {"revision/unit": "Step-down 2", "revision/bill_rates/1~value": "140.00"}
    answer = await browser.send(AMEND, is_htmx=False, **typed)
    assert answer.status_code == 412
    rows = [row.text for row in page_of(answer).one("table", class_="difference").all("tr", class_="differs")]
    assert rows == ["Terms › specialty ICU CVICU", "Terms › bill rates › REG 92.00 95.00"]
    again = fields_of(page_of(answer))
    assert (again["revision/unit"], again["revision/specialty"]) == ("Step-down 2", "CVICU")
    done = await browser.send(AMEND, is_htmx=False, **again)
    assert done.status_code == 303
    sent = {"unit": "Step-down 2", "bill_rates": {"REG": "95.00", "OT": "140.00"}}
    assert department.asked[-1] == {"body": {"revision": sent}}


@pytest.mark.parametrize("began", ["", "[]", "no JSON", "[" * 5000, '{"revision": 7, "new_end": {}}'])
async def test_what_a_form_is_said_to_have_begun_with_can_only_make_it_say_more(browser, department, began):
    fields = await the_form(browser, AMEND)
    await browser.send(AMEND, is_htmx=False, **fields | {"began": began})
    assert department.asked[-1]["body"]["revision"]["unit"] == "ICU"
    assert department.asked[-1]["body"]["new_end"] == "2026-04-05"


@pytest.mark.parametrize(
    ("status", "code", "words"),
    [
        (401, "token_expired", "Your session has ended. Sign in again"),
        (403, "forbidden", "Your role may not do this."),
        (404, "not_found", "This is not there any more, or it is not yours to see."),
        (409, "not_a_push", "It says not_a_push."),
        (428, "if_match_missing", "The portal could not read the present state before sending."),
        (429, "quota_exceeded", "Too many requests at once."),
        (503, "unavailable", "Assignments has a problem of its own: It says unavailable."),
    ],
)
async def test_each_refusal_is_said_in_plain_words(browser, department, status, code, words):
    fields = await the_form(browser)
    department.trouble = status, code
    answer = await browser.send(PUSH, is_htmx=False, **fields | {"new_start": "2026-01-19"})
    assert (answer.status_code, department.version) == (status, 7)
    assert words in trouble_in(answer)
    assert fields_of(page_of(answer))["new_start"] == "2026-01-19"


async def test_a_silence_after_sending_is_unknown_and_the_key_stays_so_that_nothing_is_done_twice(browser, department):
    fields = await the_form(browser)
    department.hangs = True
    answer = await browser.send(PUSH, is_htmx=False, **fields | {"new_start": "2026-01-19"})
    assert answer.status_code == 503
    assert "Assignments did not answer in time: it may have been done." in trouble_in(answer)
    assert fields_of(page_of(answer))["idempotency_key"] == fields["idempotency_key"]


async def test_a_service_that_is_away_is_named(browser):
    answer = await browser.get("/assignments/asg_1/do?service=housing&path=/v1/cases/cas_1:book")
    assert answer.status_code == 503
    assert "Housing does not answer. Nothing was changed; everything else works." in page_of(answer).one("main").text


@pytest.mark.parametrize(
    "path",
    [
        "/v1/assignments/asg_1:explode",
        "/v1/assignments/asg_1:push-start?validate_only=true",
        "/v1/assignments/../admin:push-start",
        "/v1/assignments/asg_1%2F..:push-start",
        "//elsewhere.example/v1/assignments/asg_1:push-start",
        "http://elsewhere.example/v1/assignments/asg_1:push-start",
        "/v1/assignments/:push-start",
        "/openapi.json",
    ],
)
async def test_only_what_the_contract_names_is_ever_called(browser, department, path):
    at = f"/assignments/asg_1/do?{httpx.QueryParams(service='assignments', path=path)}"
    answer = await browser.send(at, is_htmx=False, idempotency_key="k", new_start="2026-01-19")
    assert answer.status_code == 404
    assert department.asked == []


@pytest.mark.parametrize("named", ["identity", "portal", "elsewhere.example", ""])
async def test_only_services_that_work_on_assignments_are_called(browser, department, named):
    answer = await browser.get(f"/assignments/asg_1/do?service={named}&path=/v1/people/per_1:disable")
    assert (answer.status_code, department.asked) == (422, [])


async def test_a_command_that_asks_nothing_says_so(browser, department):
    at = "/assignments/asg_1/do?service=assignments&path=/v1/assignments/asg_1:end"
    page = await browser.open(at)
    assert "Nothing else is asked." in page.one("div", id="command").text
    answer = await browser.send(at, is_htmx=False, **fields_of(page))
    assert (answer.status_code, department.asked[-1]) == (303, {"ended": "asg_1"})


async def test_a_reading_action_shows_what_the_service_shows(browser):
    at = "/assignments/asg_1/do?service=assignments&path=/v1/assignments/asg_1&method=GET"
    text = (await browser.open(at)).one("main").text
    assert "Assignment id asg_1" in text
    assert "Start date 2026-01-05" in text


LOOK = "/assignments/asg_1/do?service=assignments&path=/v1/assignments/asg_1&method=GET"


async def test_what_a_service_lists_leads_to_the_commands_that_its_contract_names_for_each(browser, department):
    page = await browser.open(LOOK)
    first, odd = page.one("main").one("tbody").all("tr")
    assert [one.text for one in first.all("a")] == ["Verify"]
    link = first.one("a")
    assert link.get("aria-label") == "Verify: Tuberculosis <i>test</i>"
    assert link.get("hx-target") == "#drawer"
    assert "Odd one" in odd.text
    assert odd.all("a") == []  # nothing that could leave the service's own path is put into one
    form = await browser.open(str(link.get("href")))
    assert form.one("h1").text == "Verify HLT-TB"
    sent = fields_of(form) | {"source": "The laboratory"}
    answer = await browser.send(str(link.get("href")), is_htmx=False, **sent)
    assert department.asked[-1] == {"verified": "HLT-TB", "source": "The laboratory"}
    back = httpx.URL(answer.headers["location"])
    assert (answer.status_code, back.path) == (303, "/assignments/asg_1/do")
    assert dict(back.params) == dict(httpx.URL(LOOK).params)


async def test_what_is_private_is_offered_no_form_in_a_list(browser):
    answer = await browser.get(LOOK)
    assert "reveal" not in answer.text.lower()


async def test_an_assignment_out_of_reach_is_404_and_the_service_is_not_asked(browser, department):
    answer = await browser.get(PUSH.replace("asg_1", "asg_2"))
    assert (answer.status_code, department.asked) == (404, [])
