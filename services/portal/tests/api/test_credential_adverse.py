"""Background reports under adjudication: the steps that were taken, the one that is next, and its form."""

from typing import Any

import pytest

from portal import main
from portal.settings import Settings
from services.portal.tests.api.answering import Answering
from services.portal.tests.api.pages import Browser, page_of
from services.portal.tests.builders import a_client, a_clinician, a_facility, an_offer
from shared.runtime.definition import Service
from shared.testing.api import Api, Issuer
from shared.testing.house import House

LIST = "/credentialing/adverse"
PAGE = f"{LIST}/adv_1"
OF_ASSIGNMENT = "/assignments/asg_1/adverse"
KEY = {"idempotency_key": "k-0123456789abcdef", "version": "4"}


def an_action(step: str = "review", **facts: Any) -> dict[str, Any]:
    is_out = step in ("pre_adverse", "disputed", "final")
    waits = is_out and step != "disputed"
    return {
        "action_id": "adv_1",
        "file_id": "fil_1",
        "assignment_id": "asg_1",
        "clinician_id": a_clinician().clinician_id,
        "code": "BG-COUNTY",
        "report": "rep_<b>4711</b>",
        "step": step,
        "opened_on": "2026-02-27",
        "pre_adverse_sent_on": "2026-03-02" if is_out else None,
        "waits_through": "2026-03-09" if waits else None,
        "disputes": [],
        "earliest_final_on": "2026-03-10" if waits else None,
        "final_sent_on": "2026-03-10" if step == "final" else None,
        "free_copy_until": "2026-05-09" if step == "final" else None,
        "pre_adverse_encloses": ["report_copy", "summary_of_rights"],
        "final_states": ["cra_did_not_decide", "free_copy_60_days", "dispute_right"],
        "cleared_on": "2026-03-11" if step == "cleared" else None,
        "reason": None,
        "is_open": step not in ("final", "cleared"),
        **facts,
    }


@pytest.fixture
def credentialing() -> Answering:
    found = Answering()
    found.tell("GET /v1/adverse-actions", {"items": [an_action()], "next_cursor": None})
    found.tell("GET /v1/files", {"items": [{"file_id": "fil_1"}]})
    items = [
        {"code": "BG-COUNTY", "name": "County <i>search</i>", "partition": "background"},
        {"code": "BG-SOR", "name": "Sex offender registry", "partition": "background"},
        {"code": "CERT-BLS", "name": "Basic Life Support", "partition": "personnel"},
    ]
    found.tell("GET /v1/files/fil_1", {"file_id": "fil_1", "items": items})
    at(found, "review")
    return found


def at(credentialing: Answering, step: str, **facts: Any) -> None:
    """The one report is at this step."""
    credentialing.tell("GET /v1/adverse-actions/adv_1", an_action(step, **facts), version=4)


@pytest.fixture
def definition(environment: dict[str, Any], credentialing: Answering) -> Service:
    return main.service(Settings(**environment), services=credentialing.services())


@pytest.fixture
async def lead(house: House, api: Api, issuer: Issuer) -> Browser:
    await house.say(a_facility(), a_clinician(), a_client(), an_offer())
    return Browser(api.client, issuer, role="lead")


async def test_the_list_says_what_comes_next_and_from_which_day(lead, credentialing):
    at(credentialing, "pre_adverse")

    page = await lead.open(LIST)

    row = page.one("tr", id="adv_1").text
    assert row.startswith("Ines Calloway BG-COUNTY First notice is out Last notice from Tue 10 Mar 2026")
    assert credentialing.of("GET /v1/adverse-actions")[0].query["is_open"] == "true"
    await lead.open(f"{LIST}?all=yes")
    assert "is_open" not in credentialing.of("GET /v1/adverse-actions")[-1].query


async def test_a_report_under_review_asks_for_what_the_law_wants_in_the_first_notice(lead):
    page = await lead.open(PAGE)

    form = page.one("section", id="send-pre-adverse")
    assert "A copy of the report 15 USC 1681b(b)(3)(A)(i)" in form.text
    assert form.one("input", id="send-pre-adverse-wait").get("value") == "5"
    assert "rep_<b>4711</b>" in page.one("section", id="facts").text
    assert page.one("li", aria_current="step").text == "Review by a person Fri 27 Feb 2026"
    assert [one.get("id") for one in page.all("section", class_="card")] == [
        "send-pre-adverse",
        "clear",
        "course",
        "facts",
    ]


async def test_the_first_notice_goes_with_its_day_its_enclosures_and_the_version_that_was_seen(lead, credentialing):
    credentialing.tell("POST /v1/adverse-actions/adv_1:send-pre-adverse", an_action("pre_adverse"))

    typed = {"do": "send-pre-adverse", "on": "2026-03-02", "wait": "7", "holds": ["report_copy", "summary_of_rights"]}
    answer = await lead.send(PAGE, is_htmx=False, **KEY, **typed)

    assert (answer.status_code, answer.headers["location"]) == (303, PAGE)
    [sent] = credentialing.of("POST /v1/adverse-actions/adv_1:send-pre-adverse")
    assert (sent.version, sent.key) == ('"4"', KEY["idempotency_key"])
    encloses = ["report_copy", "summary_of_rights"]
    assert sent.body == {"sent_on": "2026-03-02", "encloses": encloses, "wait_business_days": 7}


async def test_a_notice_that_lacks_something_comes_back_with_what_was_ticked(lead, credentialing):
    said = "The notice lacks: summary_of_rights."
    credentialing.refuse("POST /v1/adverse-actions/adv_1:send-pre-adverse", 422, "notice_incomplete", detail=said)

    typed = {"do": "send-pre-adverse", "on": "2026-03-01", "wait": "5", "holds": "report_copy"}
    answer = await lead.send(PAGE, is_htmx=False, **KEY, **typed)

    page = page_of(answer)
    assert answer.status_code == 422
    assert said in page.one("p", id="send-pre-adverse-holds-error").text
    assert page.one("input", id="send-pre-adverse-on").get("value") == "2026-03-01"
    assert "checked" in page.one("input", value="report_copy").attributes
    assert "checked" not in page.one("input", value="summary_of_rights").attributes


async def test_a_last_notice_that_goes_too_early_says_the_first_day_at_its_field(lead, credentialing):
    at(credentialing, "pre_adverse")
    said = "The final notice may go on 2026-03-10 at the earliest."
    credentialing.refuse("POST /v1/adverse-actions/adv_1:send-final", 409, "final_notice_too_soon", detail=said)

    before = await lead.open(PAGE)
    typed = {"do": "send-final", "on": "2026-03-09", "cra_name": "Lantern", "cra_contact": "12 Mill Road", "holds": "x"}
    page = page_of(await lead.send(PAGE, is_htmx=False, **KEY, **typed))

    assert before.all("section", id="send-final") == []
    assert "Tue 10 Mar 2026 at the earliest" in before.one("section", id="course").text
    assert "On Tue 10 Mar 2026 at the earliest." in page.one("section", id="send-final").text
    assert said in page.one("p", id="send-final-on-error").text
    assert page.one("input", id="send-final-cra_name").get("value") == "Lantern"


async def test_once_the_wait_is_over_the_last_notice_has_its_form(lead, credentialing):
    at(credentialing, "pre_adverse", waits_through="2025-11-27", earliest_final_on="2025-11-28")

    form = (await lead.open(PAGE)).one("section", id="send-final")

    assert [one.get("value") for one in form.all("input", type="checkbox")] == an_action()["final_states"]
    assert "On Fri 28 Nov 2025 at the earliest." in form.text


async def test_the_wait_stands_still_while_a_report_is_disputed(lead, credentialing):
    at(credentialing, "disputed")

    page = await lead.open(PAGE)

    assert "stands still while the report is disputed" in page.one("section", id="course").text
    assert page.all("section", id="send-final") == []
    assert page.one("section", id="resolve-dispute").all("input", type="radio")


async def test_the_course_names_every_dispute_with_its_end_and_the_day_of_clearing(lead, credentialing):
    upheld = {"opened_on": "2026-03-04", "resolved_on": "2026-03-06", "resolution": "upheld"}
    disputes = [upheld, {"opened_on": "2026-03-09", "resolved_on": None, "resolution": None}]
    at(credentialing, "disputed", disputes=disputes)
    waiting = (await lead.open(PAGE)).one("section", id="course").text
    at(credentialing, "cleared", disputes=[upheld])
    cleared = (await lead.open(PAGE)).one("section", id="course").text

    assert "Disputed by the person Wed 4 Mar 2026 to Fri 6 Mar 2026: the report stays" in waiting
    assert "Disputed by the person Mon 9 Mar 2026" in waiting
    assert "Cleared Wed 11 Mar 2026" in cleared


async def test_what_is_left_empty_is_said_before_anything_is_sent(lead, credentialing):
    at(credentialing, "disputed")

    page = page_of(await lead.send(PAGE, is_htmx=False, **KEY, do="resolve-dispute", on=""))

    assert "Write the day." in page.one("p", id="resolve-dispute-on-error").text
    assert "Choose how it ended." in page.one("p", id="resolve-dispute-resolution-error").text
    assert [one for one in credentialing.asked if one.name.startswith("POST")] == []


async def test_a_specialist_records_disputes_and_decides_nothing(lead, credentialing):
    at(credentialing, "pre_adverse")

    page = await lead.as_("credentialing_specialist").open(PAGE)

    assert [one.get("id") for one in page.all("section", class_="card")] == ["dispute", "course", "facts"]
    assert "A lead sends the notices and clears reports." in page.text


async def test_a_report_that_is_over_has_no_form(lead, credentialing):
    at(credentialing, "final")

    page = await lead.open(PAGE)

    assert page.one("div", id="adverse-action").all("form") == []
    assert "Free copy until Sat 9 May 2026" in page.one("section", id="facts").text


async def test_a_review_is_opened_for_a_background_item_that_is_not_under_review(lead, credentialing):
    credentialing.tell("POST /v1/files/fil_1/adverse-actions", an_action(), status=201)

    form = (await lead.open(OF_ASSIGNMENT)).one("section", id="open-review")
    answer = await lead.send(OF_ASSIGNMENT, is_htmx=False, **KEY, code="BG-SOR", report="rep_1")

    assert [one.get("value") for one in form.all("option")] == ["", "BG-SOR"]
    assert (answer.status_code, answer.headers["location"]) == (303, PAGE)
    assert credentialing.of("POST /v1/files/fil_1/adverse-actions")[0].body == {"code": "BG-SOR", "report": "rep_1"}


async def test_why_no_review_is_opened_is_said_and_nothing_typed_is_lost(lead, credentialing):
    said = "File fil_1 holds no disclosure and authorisation, without which no report may be used."
    credentialing.refuse("POST /v1/files/fil_1/adverse-actions", 409, "report_not_authorised", detail=said)

    answer = await lead.send(OF_ASSIGNMENT, is_htmx=False, **KEY, code="BG-SOR", report="rep_1")

    assert answer.status_code == 422
    assert said in page_of(answer).text
    assert page_of(answer).one("input", id="f-report").get("value") == "rep_1"


@pytest.mark.parametrize("path", [LIST, PAGE, OF_ASSIGNMENT])
async def test_who_may_not_read_the_background_part_sees_nothing_of_it(lead, path):
    answer = await lead.as_("coordinator").get(path)

    assert answer.status_code == 403
    assert "BG-COUNTY" not in answer.text
