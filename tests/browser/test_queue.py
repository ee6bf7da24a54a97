"""A coordinator and a specialist work through the queue: take, do, hand over, snooze, many at once."""

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.hands import HANDS, Hand
from tests.browser.offers import accepted, open_items, owner_of
from tests.browser.people import Visits

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.parametrize("by", HANDS)]


async def _drawer(page: Page, hand: Hand, item: str) -> Locator:
    """The item's drawer, opened from its row."""
    await hand.press(page.locator(f"#item-{item} a[data-drawer-link]").first)
    drawer = page.locator("#drawer")
    await expect(drawer.locator("[data-drawer]")).to_be_visible()
    return drawer


def _row(page: Page, item: str) -> Locator:
    return page.locator(f"#item-{item}")


async def test_an_item_is_taken_its_form_is_filled_and_it_is_done(visit: Visits, by: str) -> None:
    hand, system = HANDS[by], visit.people.system
    assignment_id, _ = await accepted(system)
    page = await visit("lead", f"/work?owner=anyone&department=timekeeping&q={assignment_id}")
    [item, *_] = await open_items(system, assignment_id, "timekeeping")
    drawer = await _drawer(page, hand, item)
    await hand.press(drawer.get_by_role("button", name="Take"))
    await expect(drawer.locator("#item-standing")).to_contain_text("You")
    await hand.press(drawer.locator("a.button-primary").first)
    await hand.press(page.get_by_role("button", name="Do it"))
    await expect(page.locator("#item-standing").first).to_contain_text("Done")
    assert item not in await open_items(system, assignment_id, "timekeeping")


async def test_an_item_is_handed_over_with_a_note_that_the_next_one_reads(visit: Visits, by: str) -> None:
    hand, system = HANDS[by], visit.people.system
    assignment_id, _ = await accepted(system)
    [item, *_] = await open_items(system, assignment_id, "credentialing")
    page = await visit("coordinator", f"/work/{item}")
    await hand.press(page.get_by_role("button", name="Take"))
    await expect(page.locator("#item-standing")).to_contain_text("You")
    await hand.press(page.locator("#do-hand-over > summary"))
    form = page.locator("#do-hand-over")
    await hand.choose(form.get_by_label("To whom"), "Cora Vellum")
    await hand.fill(form.get_by_label("What the next one needs to know"), "The board answers by fax only.")
    await hand.press(form.get_by_role("button", name="Hand over"))
    await expect(page.locator("#item-standing")).to_contain_text("Cora Vellum")
    other = await visit("credentialing_specialist", f"/work/{item}")
    await expect(other.locator("#item-standing")).to_contain_text("The board answers by fax only.")
    await expect(other.locator("#item-standing")).to_contain_text("You")


async def test_a_note_is_asked_for_at_its_field_and_the_choice_is_kept(visit: Visits, by: str) -> None:
    hand, system = HANDS[by], visit.people.system
    assignment_id, _ = await accepted(system)
    [item, *_] = await open_items(system, assignment_id, "credentialing")
    page = await visit("coordinator", f"/work/{item}")
    await hand.press(page.get_by_role("button", name="Take"))
    await hand.press(page.locator("#do-hand-over > summary"))
    form = page.locator("#do-hand-over")
    await hand.choose(form.get_by_label("To whom"), "Cora Vellum")
    await hand.press(form.get_by_role("button", name="Hand over"))
    note = page.get_by_label("What the next one needs to know")
    await expect(note).to_have_attribute("aria-invalid", "true")
    assert await page.get_by_label("To whom").evaluate("one => one.selectedOptions[0].label") == "Cora Vellum"


async def test_an_item_is_snoozed_until_a_day_and_leaves_the_queue(visit: Visits, by: str) -> None:
    hand, system = HANDS[by], visit.people.system
    assignment_id, _ = await accepted(system)
    [item, *_] = await open_items(system, assignment_id, "housing")
    page = await visit("coordinator", f"/work/{item}")
    await hand.press(page.locator("#do-snooze > summary"))
    await hand.press(page.locator("#do-snooze").locator("button[name=until]").first)
    await expect(page.locator("#item-standing")).to_contain_text("Waits")
    await page.goto(f"/work?owner=anyone&q={assignment_id}")
    await expect(_row(page, item)).to_have_count(0)
    await page.goto(f"/work?owner=anyone&snoozed=yes&q={assignment_id}")
    await expect(_row(page, item)).to_be_visible()


async def test_many_are_given_to_somebody_after_a_look_at_what_would_happen(visit: Visits, by: str) -> None:
    hand, system = HANDS[by], visit.people.system
    assignment_id, _ = await accepted(system)
    items = (await open_items(system, assignment_id, "payroll"))[:2]
    page = await visit("coordinator", f"/work?owner=anyone&department=payroll&q={assignment_id}")
    for item in items:
        await hand.check(_row(page, item).get_by_role("checkbox"))
    await hand.press(page.get_by_role("button", name="Assign", exact=True))
    await hand.choose(page.get_by_label("To whom"), "Paul Ledgerwood")
    await hand.press(page.get_by_role("button", name="Preview with this"))
    await expect(page.get_by_role("table")).to_contain_text("Paul Ledgerwood")
    assert {await owner_of(system, item) for item in items} == {None}, "nothing is done by looking"
    await hand.press(page.get_by_role("button", name="Do it"))
    await expect(page.get_by_role("link", name="Back to the queue")).to_be_visible()
    assert None not in {await owner_of(system, item) for item in items}
