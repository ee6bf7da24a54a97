"""Filters kept under a name."""

from datetime import date

import pytest

from portal.storage.tables import saved_view
from services.portal.tests.api.pages import Browser, page_of
from services.portal.tests.api.work_world import open_queue
from services.portal.tests.consumers.telling import row, rows
from shared.contracts.identity import PersonErased

HOSTILE = "<script>alert('x')</script>"
VIEW = {"page": "work", "name": "Late pay", "query": "department=payroll&due=overdue&cursor=x"}


@pytest.fixture
def browser(api, issuer):
    return Browser(api.client, issuer)


@pytest.fixture(autouse=True)
async def queue(house):
    await open_queue(house)


async def names(browser):
    return [link.text for link in (await browser.open("/work/views")).one("nav", aria_label="Views").all("a")][7:]


async def test_a_kept_view_leads_to_its_list_and_is_counted_in_a_tab(browser):
    answer = await browser.send("/views", idempotency_key="k1", **VIEW)
    assert (answer.status_code, answer.headers["location"]) == (303, "/work?department=payroll&due=overdue")
    assert await names(browser) == ["Late pay 1"]
    page = await browser.open("/work?department=payroll&due=overdue")
    assert page.one("nav", aria_label="Views").one("a", aria_current="page").text == "Late pay"
    assert await names(browser.as_("coordinator", "per_2")) == []


async def test_a_teams_view_is_shown_to_the_team(house, browser):
    keeper = browser.as_("coordinator", "per_2")
    await keeper.send("/views", idempotency_key="k1", **VIEW, is_for_team="true")
    assert (await row(house, saved_view))["team"] == "West"
    assert await names(browser) == []  # of no team
    assert await names(keeper) == ["Late pay 1"]


async def test_what_is_wrong_with_a_view_comes_back_at_its_field(house, browser):
    answer = await browser.send("/views", idempotency_key="k1", **VIEW | {"name": " "}, is_for_team="true")
    page = page_of(answer)
    assert answer.status_code == 422 and await rows(house, saved_view) == []
    assert "Give the view a name." in page.text and "You are of no team" in page.text
    assert page.one("input", name="query").get("value") == VIEW["query"]


async def test_a_view_of_a_hostile_name_is_only_a_name(browser):
    await browser.send("/views", idempotency_key="k1", **VIEW | {"name": HOSTILE})
    for path in ("/views", "/work", "/work/views"):
        assert "<script>alert" not in (await browser.get(path)).text
    assert HOSTILE in (await browser.open("/views")).text


@pytest.mark.parametrize("page", ["//evil.example", "work/../sign-out", "", "parked"])
async def test_a_view_leads_nowhere_but_to_a_list(house, browser, page):
    assert (await browser.send("/views", idempotency_key="k1", **VIEW | {"page": page})).status_code == 422
    assert await rows(house, saved_view) == []


async def test_one_drops_ones_own_views_and_no_others(house, browser):
    await browser.send("/views", idempotency_key="k1", **VIEW)
    view_id = (await row(house, saved_view))["view_id"]
    other = browser.as_("lead", "per_2")
    assert (await other.send(f"/views/{view_id}/drop", idempotency_key="k2", page="work")).status_code == 404
    assert (await browser.send(f"/views/{view_id}/drop", idempotency_key="k3", page="work")).status_code == 303
    assert await rows(house, saved_view) == []


async def test_an_old_filter_that_means_nothing_any_more_is_left_out(browser):
    await browser.send("/views", idempotency_key="k1", **VIEW | {"query": "colour=red&due=overdue&path=x"})
    tabs = (await browser.open("/work/views")).one("nav", aria_label="Views").all("a")
    assert tabs[-1].get("href") == "/work?due=overdue"


async def test_whoever_is_erased_leaves_no_views(house, browser):
    await browser.send("/views", idempotency_key="k1", **VIEW)
    await browser.as_("coordinator", "per_2").send("/views", idempotency_key="k2", **VIEW, is_for_team="true")
    await house.say(PersonErased(subject="per_2", requested_on=date(2026, 1, 5)))
    assert [view["owner_id"] for view in await rows(house, saved_view)] == ["per_1"]
