"""From the accepted offer to the first day: posted by a recruiters' system, brought to its start in the browser."""

from collections.abc import Mapping

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.hands import HANDS, Hand
from tests.browser.offers import accepted
from tests.browser.people import Visits
from tests.journeys.assignment import until
from tests.journeys.department_work import finish_credentialing
from tests.journeys.directory import today

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.parametrize("by", HANDS)]

MOST_STEPS = 20
DOCUMENT = "9f" * 32
TYPED: Mapping[str, str] = {
    "document_sha256": DOCUMENT,
    "signers/0/signer_id": "per-1",
    "zip": "80203",
    "approver/reference": "per-1",
    "approver/display_name": "Unit lead",
    "backup/reference": "per-2",
    "backup/display_name": "House lead",
}
"""What is typed into fields of these names; days are today's, choices the first."""


async def _do(page: Page, hand: Hand, opens: Locator) -> None:
    """Opens a command's form, fills what it asks for, sends it, and is back where it was opened."""
    await hand.press(opens)
    form = page.locator("#command")
    await expect(form).to_be_visible()
    for field in await form.locator("input[required], select[required], textarea[required]").all():
        if await field.is_visible() and not await field.input_value():
            await _fill(hand, field)
    await hand.press(form.get_by_role("button", name="Do it"))
    await expect(form).to_have_count(0)


async def _fill(hand: Hand, field: Locator) -> None:
    kind = await field.get_attribute("type") or ""
    if await field.evaluate("one => one.tagName") == "SELECT":
        await hand.choose(field, await field.evaluate("one => one.options[1].label.trim()"))
    elif kind == "datetime-local":
        await hand.fill(field, f"{today().isoformat()}T00:05")
    else:
        is_date = kind == "date"
        await hand.fill(field, today().isoformat() if is_date else TYPED[str(await field.get_attribute("name"))])


def _actions(page: Page) -> Locator:
    """What can be done at once for departments' open work; the file is credentialing's own page."""
    return page.locator("#open-work a.button[href*='method=POST']:not([href*='credentialing'])")


async def test_an_accepted_offer_is_brought_to_its_start(visit: Visits, by: str) -> None:
    hand, system = HANDS[by], visit.people.system
    assignment_id, _ = await accepted(system, in_days=0)
    await finish_credentialing(system, assignment_id)  # some thirty papers: test_queue does one in the browser
    page = await visit("lead", f"/assignments/{assignment_id}")
    why = page.locator("#why")
    await _do(page, hand, why.get_by_role("link", name="Confirm for the client"))
    await _do(page, hand, why.get_by_role("link", name="Record a signed agreement"))
    for _ in range(MOST_STEPS):
        await page.goto(f"/assignments/{assignment_id}")
        if not await _actions(page).count():
            break
        await _do(page, hand, _actions(page).first)
    await until(system, assignment_id, state="cleared", payroll="ready", housing="ready", timekeeping="ready")
    await page.goto(f"/assignments/{assignment_id}")
    await hand.press(page.locator("#assignment-head summary"))
    await _do(page, hand, page.locator("a.menu-item").filter(has_text="Confirm the arrival"))
    await until(system, assignment_id, state="active")
    await expect(page.locator("#assignment-head")).to_contain_text("Active")
