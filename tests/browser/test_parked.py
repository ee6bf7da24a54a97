"""An operator repairs parked events in the browser: tries one again, and gives it up with a reason."""

import pytest
from playwright.async_api import expect

from tests.browser.hands import HANDS
from tests.browser.people import Visits
from tests.journeys.test_parked import poison
from tests.system import eventually

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.parametrize("by", HANDS)]


async def test_a_parked_event_is_read_tried_again_and_given_up_with_a_reason(visit: Visits, by: str) -> None:
    hand, system = HANDS[by], visit.people.system
    stranger = await poison(system)

    async def waiting() -> list[str]:
        statement = "SELECT key FROM parked_event WHERE settled_at IS NULL AND key = $1"
        return [row["key"] for row in await system.rows("assignments", statement, stranger)]

    await eventually(waiting, bool)
    page = await visit("operator", "/parked")
    row = page.locator("tr[data-row]").filter(has_text=stranger)
    await hand.press(row.get_by_role("link").first)
    drawer = page.locator("#drawer")
    await expect(drawer.get_by_role("heading", name="What it says")).to_be_visible()
    await expect(drawer).to_contain_text(stranger)
    await hand.press(drawer.get_by_role("button", name="Replay"))
    await expect(page.locator("#toasts")).not_to_be_empty()
    await page.goto("/parked")
    await hand.press(row.get_by_role("link").first)
    await hand.press(drawer.get_by_role("button", name="Skip this event"))
    await expect(drawer.get_by_label("Reason")).to_have_attribute("aria-invalid", "true")
    await hand.fill(drawer.get_by_label("Reason"), "It was sent by a broken client.")
    await hand.press(drawer.get_by_role("button", name="Skip this event"))
    await eventually(waiting, lambda found: not found)
    await page.goto("/parked")
    await expect(row).to_have_count(0)
