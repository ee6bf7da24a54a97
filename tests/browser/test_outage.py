"""Payroll is down: the portal says so and since when, everything else works, and it catches up afterwards."""

import pytest
from playwright.async_api import expect

from tests.browser.offers import accepted, open_items
from tests.browser.outage import down, until_back
from tests.browser.people import Visits
from tests.journeys.department_work import opened

pytestmark = pytest.mark.asyncio(loop_scope="session")

NOTICED_MS = 60_000


async def test_payroll_is_down_and_the_portal_goes_on_without_it(visit: Visits) -> None:
    system = visit.people.system
    visit.watch.excuse(r"50[234]")
    before, _ = await accepted(system)
    [piece, *_] = await open_items(system, before, "payroll")
    [clock, *_] = await open_items(system, before, "timekeeping")
    page = await visit("lead", "/board")
    async with down(system, "payroll"):
        await expect(page.get_by_text("Payroll does not answer").first).to_be_visible(timeout=NOTICED_MS)
        await page.goto(f"/work/{piece}")
        await page.locator("a.button-primary").first.click()
        await expect(page.get_by_text("does not answer").first).to_be_visible()
        await page.goto(f"/work/{clock}")
        await page.get_by_role("button", name="Take").click()
        await expect(page.locator("#item-standing")).to_contain_text("You")
        answer = await system.caller("recruiter").get("assignments", f"/v1/assignments/{before}")
        assert answer.status_code == 200
    await until_back(system, "payroll")
    await page.goto("/board")
    await expect(page.get_by_text("Payroll does not answer")).to_have_count(0, timeout=NOTICED_MS)
    after, _ = await accepted(system)
    assert await opened(system, "payroll", after)
    await page.goto(f"/work/{piece}")
    await page.locator("a.button-primary").first.click()
    await expect(page.locator("#command")).to_be_visible()
