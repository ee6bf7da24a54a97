"""What somebody opened stays open while the page changes under it, and filters fold away where there is no room."""

import pytest
from playwright.async_api import expect

from tests.browser.offers import accepted
from tests.browser.people import NARROW, Visits
from tests.journeys.assignment import shown

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_an_open_menu_stays_open_when_others_change_the_assignment(visit: Visits) -> None:
    system = visit.people.system
    assignment_id, _ = await accepted(system)
    page = await visit("coordinator", f"/assignments/{assignment_id}")
    menu = page.locator("#assignment-head details")
    await menu.locator("summary").click()
    caller = system.caller("coordinator")
    version = (await shown(caller, assignment_id))["version"]
    done = await caller.post("assignments", f"/v1/assignments/{assignment_id}:confirm", version=version)
    assert done.is_success, done.text
    await expect(page.locator("#assignment-head")).to_contain_text("Onboarding")
    await expect(menu).to_have_attribute("open", "")
    await menu.get_by_role("link", name="Push the start", exact=True).click()
    await expect(page.locator("#command")).to_be_visible()
    await expect(menu).not_to_have_attribute("open", "")


async def test_filters_fold_on_a_telephone_and_stay_unfolded_while_they_are_chosen(visit: Visits) -> None:
    page = await visit("coordinator", "/assignments", viewport=NARROW)
    state = page.get_by_label("State", exact=True)
    await expect(state).to_be_hidden()
    await page.locator("summary").filter(has_text="Filter").click()
    await state.select_option("onboarding")
    await page.wait_for_url("**state=onboarding**")
    await expect(page.get_by_role("group", name="Filters in force")).to_be_visible()
    await expect(state).to_be_visible()


async def test_filters_show_at_once_where_there_is_room(visit: Visits) -> None:
    page = await visit("coordinator", "/assignments")
    await page.get_by_label("State", exact=True).select_option("onboarding")
    await page.wait_for_url("**state=onboarding**")
