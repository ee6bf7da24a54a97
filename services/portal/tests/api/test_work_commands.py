"""Taking, giving away and letting wait: one item, by forms."""

import pytest

from portal.storage.tables import timeline_entry, work_item
from services.portal.tests.api.pages import Browser, page_of
from services.portal.tests.api.work_world import HOSTILE, open_queue
from services.portal.tests.consumers.telling import row, rows
from shared.contracts.assignments import AgreementSigned
from shared.contracts.portal import WorkItemAssigned
from shared.db.tables import audit_entry


@pytest.fixture
def browser(api, issuer):
    return Browser(api.client, issuer)


@pytest.fixture(autouse=True)
async def queue(house):
    await open_queue(house)


async def stored(house, work_item_id="wki_cred"):
    return await row(house, work_item, work_item_id=work_item_id)


def typed_in(form):
    """The fields of a form as a browser sends them."""
    return {str(one.get("name")): one.get("value") for one in form.all("input")}


async def test_what_i_take_is_mine_and_everybody_is_told(house, browser):
    answer = await browser.send("/work/wki_cred/take", idempotency_key="k1", version="0")
    assert answer.status_code == 200 and "It is yours." in page_of(answer).text
    item = await stored(house)
    assert (item["owner_id"], item["told"], item["snoozed_until"]) == ("per_1", 1, None)
    (said,) = await house.said(WorkItemAssigned)
    assert (said.work_item_id, said.assignment_id, said.owner_id, said.by) == ("wki_cred", "asg_1", "per_1", "per_1")
    assert await house.versions_said("portal.work_item.v1") == {"wki_cred": [1]}
    (entry,) = await rows(house, timeline_entry, type="work_item.assigned")
    assert (entry["work_item_id"], entry["assignment_id"], entry["actor"]) == ("wki_cred", "asg_1", "per_1")
    (noted,) = await rows(house, audit_entry, object="wki_cred")
    assert (noted["action"], noted["actor"]) == ("items.take", "per_1")


async def test_a_form_that_comes_twice_is_done_once(house, browser):
    for _ in range(2):
        assert (await browser.send("/work/wki_cred/take", idempotency_key="k1", version="0")).status_code == 200
    assert len(await house.said(WorkItemAssigned)) == 1


async def test_what_changes_nothing_is_told_to_nobody(house, browser):
    await browser.send("/work/wki_cred/take", idempotency_key="k1")
    await browser.send("/work/wki_cred/take", idempotency_key="k2")
    assert len(await house.said(WorkItemAssigned)) == 1


async def test_from_the_list_only_the_row_comes_back(browser):
    answer = await browser.send("/work/wki_cred/take", idempotency_key="k1", part="row")
    page = page_of(answer)
    assert page.one("tr", id="item-wki_cred").text.count("You") == 1 and not page.all(class_="drawer-inside")
    assert page.one("div", class_="toast").one("form").get("action") == "/work/wki_cred/release"


async def test_without_scripts_the_form_leads_back(browser):
    answer = await browser.send("/work/wki_cred/take", is_htmx=False, idempotency_key="k1", back="/work?owner=nobody")
    assert (answer.status_code, answer.headers["location"]) == (303, "/work?owner=nobody")
    answer = await browser.send("/work/wki_late/take", is_htmx=False, idempotency_key="k2", back="//evil.example")
    assert answer.headers["location"] == "/"


async def test_the_second_of_two_is_shown_the_difference_and_loses_nothing(house, browser):
    other = browser.as_("coordinator", "per_2")
    await browser.send("/work/wki_cred/assign", idempotency_key="k1", version="0", to="per_1", note="Mine, I was there")
    wanted = {"to": "per_2", "note": "I call them"}
    answer = await other.send("/work/wki_cred/assign", idempotency_key="k2", version="0", **wanted)
    page = page_of(answer)
    assert answer.status_code == 412 and (await stored(house))["owner_id"] == "per_1"
    difference = [[cell.text for cell in line.children if not isinstance(cell, str)] for line in page.all("tr")]
    assert ["Owner", "Ben Lowry", "Tomas Okafor-Lind (differs)"] in difference
    assert ["Note", "I call them", "Mine, I was there (differs)"] in difference
    form = page.one("form", action="/work/wki_cred/assign")
    assert form.one("textarea").text == "I call them"
    assert "selected" in form.one("option", value="per_2").attributes
    again = {"idempotency_key": "k3", "version": form.one("input", name="version").get("value")}
    answer = await other.send("/work/wki_cred/assign", **wanted, **again)
    assert answer.status_code == 200 and (await stored(house))["owner_id"] == "per_2"


async def test_what_the_department_says_meanwhile_contradicts_nobody(house, browser):
    await house.say(AgreementSigned(assignment_id="asg_1", terms_version=1, document_sha256="0" * 64))
    await browser.send("/work/wki_late/take", idempotency_key="k1")
    assert (await browser.send("/work/wki_cred/take", idempotency_key="k2", version="0")).status_code == 200


async def test_a_hand_over_carries_its_note(house, browser):
    await browser.send("/work/wki_late/take", idempotency_key="k1")
    answer = await browser.send("/work/wki_late/hand-over", idempotency_key="k2", to="per_pay", note=HOSTILE)
    assert answer.status_code == 200 and "<script>alert" not in answer.text
    item = await stored(house, "wki_late")
    assert (item["owner_id"], item["owner_note"]) == ("per_pay", HOSTILE)
    assert HOSTILE in (await browser.as_("payroll_specialist", "per_pay").open("/work/wki_late")).text
    assert [said.note_given for said in await house.said(WorkItemAssigned)] == [False, True]


async def test_what_is_wrong_with_a_hand_over_comes_back_at_its_fields(house, browser):
    await browser.send("/work/wki_late/take", idempotency_key="k1")
    answer = await browser.send("/work/wki_late/hand-over", idempotency_key="k2", to="per_gone", note="")
    page = page_of(answer)
    assert answer.status_code == 422 and (await stored(house, "wki_late"))["owner_id"] == "per_1"
    assert [link.get("href") for link in page.one(class_="error-summary").all("a")] == [
        "#f-hand-over-to",
        "#f-hand-over-note",
    ]
    assert "Choose somebody who works here." in page.one("details", id="do-hand-over").text
    assert "open" in page.one("details", id="do-hand-over").attributes


async def test_what_another_has_is_not_taken(house, browser):
    await browser.send("/work/wki_late/assign", idempotency_key="k1", to="per_pay")
    answer = await browser.send("/work/wki_late/take", idempotency_key="k2")
    assert answer.status_code == 409 and "Somebody else does this already." in page_of(answer).text
    assert (await stored(house, "wki_late"))["owner_id"] == "per_pay"


@pytest.mark.parametrize(
    ("role", "command", "status"),
    [
        ("payroll_specialist", "assign", 403),
        ("housing_specialist", "take", 403),
        ("payroll_specialist", "hand-over", 403),
        ("recruiter", "take", 403),
        ("payroll_specialist", "take", 200),
    ],
)
async def test_who_may_not_changes_nothing(house, browser, role, command, status):
    somebody = browser.as_(role, "per_x")
    answer = await somebody.send(f"/work/wki_late/{command}", idempotency_key="k1", to="per_2", note="x")
    assert answer.status_code == status
    assert (await stored(house, "wki_late"))["told"] == (1 if status == 200 else 0)


async def test_what_waits_for_an_event_wakes_by_it(house, browser):
    until = {"until": "2025-12-20", "event": "agreement.signed"}
    assert (await browser.send("/work/wki_cred/snooze", idempotency_key="k1", **until)).status_code == 200
    item = await stored(house)
    assert (item["owner_id"], item["snoozed_for"], item["snoozed_until"].isoformat()) == (
        "per_1",
        "agreement.signed",
        "2025-12-20T14:00:00+00:00",  # 08:00 in Chicago
    )
    await house.say(AgreementSigned(assignment_id="asg_1", terms_version=1, document_sha256="0" * 64))
    item = await stored(house)
    assert (item["snoozed_until"], item["snoozed_for"], item["owner_id"]) == (None, None, "per_1")


@pytest.mark.parametrize("until", ["", "soon", "2025-12-01", "2026-12-01"])
async def test_a_day_that_does_not_do_is_asked_for_again(house, browser, until):
    answer = await browser.send("/work/wki_cred/snooze", idempotency_key="k1", until=until, event="")
    assert answer.status_code == 422 and (await stored(house))["snoozed_until"] is None
    assert page_of(answer).one("input", id="f-snooze-until").get("aria-invalid") == "true"


async def test_an_item_shows_why_it_is_there_and_what_its_department_waits_for(browser):
    await browser.send("/work/wki_cred/take", idempotency_key="k1")
    page = await browser.open("/work/wki_cred?do=snooze")
    why = page.one(id="item-why").text
    assert "$3,312 at stake 12 h sooner" in why and "Holds up Credentialing, which is at risk 24 h sooner" in why
    assert "License not verified (this item)" in page.one(id="item-blockers").text
    assert "took it" in page.one(id="item-history").text
    assert "open" in page.one("details", id="do-snooze").attributes
    assert page.one(id="item-notes").get("hx-get") == "/notes?about=work_item&id=wki_cred"


async def test_who_gives_an_item_away_can_take_that_back(house, browser):
    await browser.send("/work/wki_cred/assign", idempotency_key="k1", to="per_2")
    answer = await browser.send(
        "/work/wki_cred/hand-over", idempotency_key="k2", to="per_1", note="Call first", was="per_2"
    )
    undo = page_of(answer).one("div", class_="toast").one("form")
    fields = typed_in(undo)
    assert (undo.get("action"), fields["to"]) == ("/work/wki_cred/assign", "per_2")
    await browser.send(undo.get("action"), is_htmx=False, **fields)
    assert (await stored(house))["owner_id"] == "per_2"


async def test_what_was_nobodys_is_nobodys_again(house, browser):
    answer = await browser.send("/work/wki_cred/assign", idempotency_key="k1", to="per_2", was="")
    undo = page_of(answer).one("div", class_="toast").one("form")
    await browser.send(undo.get("action"), **typed_in(undo))
    assert (await stored(house))["owner_id"] is None


async def test_nothing_is_taken_back_that_somebody_changed_since(house, browser):
    answer = await browser.send("/work/wki_cred/take", idempotency_key="k1")
    undo = page_of(answer).one("div", class_="toast").one("form")
    await browser.send("/work/wki_cred/hand-over", idempotency_key="k2", to="per_2", note="Call first")
    late = await browser.send(undo.get("action"), **typed_in(undo))
    assert late.status_code == 412
    assert (await stored(house))["owner_id"] == "per_2"


async def test_who_may_not_give_items_to_others_cannot_take_back_that_they_did(browser):
    specialist = browser.as_("credentialing_specialist")
    await specialist.send("/work/wki_cred/take", idempotency_key="k1")
    answer = await specialist.send("/work/wki_cred/hand-over", idempotency_key="k2", to="per_2", note="Call first")
    assert "Handed over." in page_of(answer).text and not page_of(answer).one("div", class_="toast").all("form")


@pytest.mark.parametrize(
    ("path", "neighbours"),
    [
        ("/work/wki_cred", ["/work/wki_late", "/work/wki_house"]),
        ("/work/wki_late", ["/work/wki_cred"]),
        ("/work/wki_cred?assignment=asg_1", ["/work/wki_late?assignment=asg_1"]),
        ("/work/wki_cred?sort=money", ["/work/wki_late?sort=money"]),
        ("/work/wki_house?department=payroll", ["/work/wki_late?department=payroll"]),
    ],
)
async def test_an_item_leads_to_its_neighbours_in_the_list_it_was_opened_from(browser, path, neighbours):
    page = page_of(await browser.get(path, is_htmx=True))
    tools = page.one("div", class_="drawer-tools").all("a")
    assert [link.get("href") for link in tools if link.get("title") in ("Previous", "Next")] == neighbours
