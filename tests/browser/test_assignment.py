"""An assignment in the browser: from the accepted offer to its start, a start that is pushed, notes with mentions."""

from datetime import date, timedelta

import pytest
from playwright.async_api import Page, expect

from tests.browser.hands import HANDS, Hand
from tests.browser.offers import accepted
from tests.browser.people import Visits
from tests.journeys.assignment import shown
from tests.system import System

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.parametrize("by", HANDS)]


async def _command(page: Page, hand: Hand, name: str) -> None:
    """Opens one command of the assignment's menu."""
    await hand.press(page.locator("#assignment-head summary"))
    await hand.press(page.get_by_role("link", name=name, exact=True))
    await expect(page.locator("#command")).to_be_visible()


async def _start_of(system: System, assignment_id: str) -> date:
    found = await shown(system.caller("coordinator"), assignment_id)
    return date.fromisoformat(found["terms"]["start_date"])


async def test_a_start_is_pushed_after_a_look_at_what_it_would_mean(visit: Visits, by: str) -> None:
    hand, system = HANDS[by], visit.people.system
    assignment_id, _ = await accepted(system)
    before = await _start_of(system, assignment_id)
    later = before + timedelta(weeks=2)
    page = await visit("coordinator", f"/assignments/{assignment_id}")
    await _command(page, hand, "Push the start")
    await hand.fill(page.get_by_label("New start"), later.isoformat())
    await hand.press(page.get_by_role("button", name="Preview"))
    effects = page.locator("#effects")
    for department in ("Credentialing", "Payroll", "Housing", "Timekeeping"):
        await expect(effects).to_contain_text(department)
    assert await _start_of(system, assignment_id) == before, "nothing is changed by looking"
    await expect(page.get_by_label("New start")).to_have_value(later.isoformat())
    await hand.press(page.get_by_role("button", name="Do it"))
    await expect(page.locator("#toasts")).to_contain_text("Push the start")
    assert await _start_of(system, assignment_id) == later
    await page.goto(f"/assignments/{assignment_id}/terms")
    await expect(page.get_by_text("pushed", exact=False).first).to_be_visible()


async def test_a_note_that_names_somebody_reaches_them(visit: Visits, by: str) -> None:
    hand, system = HANDS[by], visit.people.system
    assignment_id, name = await accepted(system)
    words = f"@Lena Helmsworth the unit asks for {by} charting <b>soon</b>"
    page = await visit("coordinator", f"/assignments/{assignment_id}")
    await hand.fill(page.get_by_label("Write a note"), words)
    await hand.press(page.get_by_role("button", name="Add note"))
    await expect(page.locator("#notes-block li").first).to_contain_text(f"asks for {by} charting <b>soon</b>")
    lead = await visit("lead", "/me/mentions")
    mention = lead.locator("li").filter(has_text=f"asks for {by} charting").first
    await expect(mention).to_contain_text("Colin Brightside")
    await hand.press(mention.get_by_role("link").first)
    await lead.wait_for_url(f"**/assignments/{assignment_id}**")
