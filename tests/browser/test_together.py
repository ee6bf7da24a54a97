"""Several people at once: what one does the others see without reloading, and nobody's words are lost."""

import pytest
from playwright.async_api import expect

from tests.browser.hands import HANDS
from tests.browser.offers import accepted, open_items, owner_of
from tests.browser.people import Visits

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.mark.parametrize("by", HANDS)
async def test_the_second_of_two_sees_the_difference_and_loses_nothing(visit: Visits, by: str) -> None:
    hand, system = HANDS[by], visit.people.system
    assignment_id, _ = await accepted(system)
    [item, *_] = await open_items(system, assignment_id, "payroll")
    slow, quick = await visit("coordinator", f"/work/{item}"), await visit("lead", f"/work/{item}")
    await hand.press(slow.locator("#do-assign > summary"))
    words = f"Ask for the form again, says the {by}."
    await hand.choose(slow.locator("#do-assign").get_by_label("Who does it"), "Paul Ledgerwood")
    await hand.fill(slow.locator("#do-assign").get_by_label("A note for them"), words)
    await quick.get_by_role("button", name="Take").click()
    await expect(quick.locator("#item-standing")).to_contain_text("You")
    taken_by = await owner_of(system, item)
    await hand.press(slow.locator("#do-assign").get_by_role("button", name="Assign"))
    await expect(slow.get_by_text("Somebody was faster")).to_be_visible()
    await expect(slow.locator("table.difference")).to_contain_text("Lena Helmsworth")
    assert await owner_of(system, item) == taken_by, "the first one's stands until the second says so"
    await expect(slow.locator("#do-assign").get_by_label("A note for them")).to_have_value(words)
    await hand.press(slow.locator("#do-assign").get_by_role("button", name="Assign"))
    await expect(slow.locator("#item-standing")).to_contain_text("Paul Ledgerwood")
    await expect(slow.locator("#item-standing")).to_contain_text(words)


async def test_a_row_changes_before_others_eyes_when_somebody_takes_it(visit: Visits) -> None:
    system = visit.people.system
    assignment_id, _ = await accepted(system)
    [item, *_] = await open_items(system, assignment_id, "timekeeping")
    queue = await visit("lead", f"/work?owner=anyone&q={assignment_id}")
    row = queue.locator(f"#item-{item}")
    await expect(row).to_contain_text("Nobody")
    await queue.evaluate("window.stayed = true")
    other = await visit("coordinator", f"/work/{item}")
    await other.get_by_role("button", name="Take").click()
    await expect(row).to_contain_text("Colin Brightside")
    assert await queue.evaluate("window.stayed"), "without loading the page again"


async def test_new_work_waits_behind_a_bar_and_comes_when_asked_for(visit: Visits) -> None:
    queue = await visit("lead", "/work?owner=anyone")
    await queue.locator("[data-live-id]").first.wait_for()
    before = await queue.locator("[data-live-id]").evaluate_all("rows => rows.map(row => row.dataset.liveId)")
    await accepted(visit.people.system, in_days=1)
    bar = queue.locator("#new-rows a")
    await expect(bar).to_contain_text("new")
    after = await queue.locator("[data-live-id]").evaluate_all("rows => rows.map(row => row.dataset.liveId)")
    assert [one for one in after if one in before] == before, "nothing moved while it was read"
    await bar.click()
    await expect(bar).to_have_count(0)


async def test_who_else_is_on_the_page_is_shown(visit: Visits) -> None:
    assignment_id, _ = await accepted(visit.people.system)
    page = await visit("lead", f"/assignments/{assignment_id}")
    await visit("coordinator", f"/assignments/{assignment_id}")
    await expect(page.locator("#presence")).to_contain_text("Colin Brightside")


async def test_a_lost_connection_is_said_and_made_good_when_it_is_back(visit: Visits) -> None:
    system = visit.people.system
    assignment_id, _ = await accepted(system)
    [item, *_] = await open_items(system, assignment_id, "housing")
    visit.watch.excuse("ERR_INTERNET_DISCONNECTED|ERR_NETWORK")
    page = await visit("lead", f"/work?owner=anyone&q={assignment_id}")
    await expect(page.locator(f"#item-{item}")).to_contain_text("Nobody")
    await page.context.set_offline(True)
    await expect(page.locator("#offline")).to_be_visible()
    other = await visit("coordinator", f"/work/{item}")
    await other.get_by_role("button", name="Take").click()
    await expect(other.locator("#item-standing")).to_contain_text("You")
    await page.context.set_offline(False)
    await expect(page.locator("#offline")).to_be_hidden(timeout=60_000)
    await expect(page.locator(f"#item-{item}")).to_contain_text("Colin Brightside")
