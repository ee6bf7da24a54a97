"""Tasks that people write down, by their form."""

import pytest

from portal.storage.tables import assignment, timeline_entry, work_item
from services.portal.tests.api.pages import Browser, page_of
from services.portal.tests.api.work_world import open_queue
from services.portal.tests.consumers.telling import row, rows
from shared.contracts.portal import WorkItemAssigned

TASK = {"title": "Call the unit", "due_on": "2025-12-03", "skill": "coordinator", "to": "nobody"}


@pytest.fixture
def browser(api, issuer):
    return Browser(api.client, issuer)


@pytest.fixture(autouse=True)
async def queue(house):
    await open_queue(house)


async def written(house, browser, **overrides):
    answer = await browser.send("/tasks", idempotency_key="task", **TASK | overrides)
    assert answer.status_code == 200, answer.text
    item = await row(house, work_item, department="portal")
    assert answer.headers["hx-redirect"] == f"/work/{item['work_item_id']}"
    return item


async def test_a_task_about_an_assignment_is_ranked_and_counted_with_it(house, browser):
    task = await written(house, browser, assignment_id="asg_1", to="per_2")
    assert (task["facility_id"], task["clinician_id"], task["owner_id"]) == ("fac_1", "cln_1", "per_2")
    assert task["due_at"].isoformat() == "2025-12-03T23:00:00+00:00"
    assert (await row(house, assignment, assignment_id="asg_1"))["open_items"] == 3
    (said,) = await house.said(WorkItemAssigned)
    assert (said.kind, said.owner_id, said.assignment_id) == ("task", "per_2", "asg_1")
    assert "Call the unit" in (await browser.open("/work?owner=anyone")).text


async def test_a_task_about_a_clinician_belongs_to_their_assignment(house, browser):
    task = await written(house, browser, clinician_id="cln_2")
    assert (task["assignment_id"], task["facility_id"]) == ("asg_2", "fac_2")


async def test_a_task_about_nothing_in_particular_is_the_agencys(house, browser):
    assert (await written(house, browser))["assignment_id"] is None
    bounded = browser.as_("coordinator", team_facilities=["fac_2"])
    answer = await bounded.send("/tasks", idempotency_key="k2", **TASK)
    assert answer.status_code == 403 and len(await rows(house, work_item, department="portal")) == 1


@pytest.mark.parametrize("about", [{"assignment_id": "asg_1"}, {"assignment_id": "asg_x"}, {"clinician_id": "cln_x"}])
async def test_nobody_writes_a_task_about_what_they_do_not_reach(house, browser, about):
    bounded = browser.as_("coordinator", team_facilities=["fac_2"])
    assert (await bounded.send("/tasks", idempotency_key="k1", **TASK, **about)).status_code == 404
    assert await rows(house, work_item, department="portal") == []


async def test_what_is_wrong_comes_back_with_what_was_typed(house, browser):
    wrong = TASK | {"title": "x" * 201, "due_on": "2025-11-30", "to": "per_gone"}
    answer = await browser.send("/tasks", idempotency_key="k1", **wrong)
    page = page_of(answer)
    assert answer.status_code == 422 and page.one("input", name="title").get("value") == "x" * 201
    assert [link.get("href") for link in page.one(class_="error-summary").all("a")] == [
        "#f-title",
        "#f-due_on",
        "#f-to",
    ]
    assert await rows(house, work_item, department="portal") == []


async def test_a_task_is_done_and_opened_again(house, browser):
    task = await written(house, browser, assignment_id="asg_1")
    place = f"/work/{task['work_item_id']}"
    answer = await browser.send(f"{place}/done", idempotency_key="k1", version="1", why="They called back")
    assert answer.status_code == 200 and "Open it again" in page_of(answer).text
    done = await row(house, work_item, work_item_id=task["work_item_id"])
    assert (done["is_open"], done["status"], done["closed_by"], done["closed_why"]) == (
        False,
        "completed",
        "per_1",
        "They called back",
    )
    assert (await row(house, assignment, assignment_id="asg_1"))["open_items"] == 2
    await browser.send(f"{place}/reopen", idempotency_key="k2")
    again = await row(house, work_item, work_item_id=task["work_item_id"])
    assert (again["is_open"], again["rank_at"], again["due_at"]) == (True, task["rank_at"], task["due_at"])
    entries = await rows(house, timeline_entry, service="portal")
    assert sorted(entry["type"] for entry in entries) == ["task.done", "task.opened", "task.reopened"]
    told = (await browser.open(place)).text
    assert all(words in told for words in ("wrote this task", "ticked it off", "opened it again"))


async def test_a_departments_item_is_not_ticked_off(house, browser):
    answer = await browser.send("/work/wki_cred/done", idempotency_key="k1")
    assert answer.status_code == 409
    assert (await row(house, work_item, work_item_id="wki_cred"))["is_open"]


async def test_the_form_knows_what_the_task_is_about(browser):
    page = await browser.open("/tasks/new?work_item_id=wki_house")
    assert "Odalys Brandt · Mesa Grande Clinic" in page.text
    assert page.one("input", name="assignment_id").get("value") == "asg_2"
    assert (await browser.get("/tasks/new?assignment_id=asg_x")).status_code == 404
