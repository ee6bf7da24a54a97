"""The keys of the portal: through a list, into the drawer and out, the palette, the sheet, and their off switch."""

import asyncio
import re

import pytest
from playwright.async_api import Route, expect

from tests.browser.people import Visits

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_j_and_k_walk_the_rows_enter_opens_and_escape_comes_back(visit: Visits) -> None:
    page = await visit("coordinator", "/work?owner=anyone")
    rows = page.locator("tr[data-row]")
    await page.keyboard.press("j")
    await expect(rows.nth(0)).to_be_focused()
    await page.keyboard.press("j")
    await expect(rows.nth(1)).to_be_focused()
    await page.keyboard.press("k")
    await expect(rows.nth(0)).to_be_focused()
    await page.keyboard.press("x")
    await expect(rows.nth(0).get_by_role("checkbox")).to_be_checked()
    await page.keyboard.press("x")
    await page.keyboard.press("Enter")
    await expect(page.locator("#drawer [data-drawer]")).to_be_visible()
    assert "/work/wki_" in page.url
    await page.keyboard.press("Escape")
    await expect(page.locator("#drawer")).to_be_hidden()
    await expect(rows.nth(0)).to_be_focused()


async def test_the_palette_finds_somebody_and_goes_there(visit: Visits) -> None:
    page = await visit("coordinator", "/work")
    await page.keyboard.press("Control+k")
    await page.keyboard.type("maribel")
    await expect(page.get_by_role("option").filter(has_text="Maribel Okonjo").first).to_be_visible()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", level=1)).to_contain_text("Maribel Okonjo")


async def test_who_presses_enter_before_the_search_answers_goes_to_what_was_typed(visit: Visits) -> None:
    page, is_asked, answers = await visit("coordinator", "/work"), asyncio.Event(), asyncio.Event()

    async def hold_back(route: Route) -> None:
        is_asked.set()
        await answers.wait()
        await route.continue_()

    await page.route(re.compile(r"/palette\?q=maribel&"), hold_back)
    await page.keyboard.press("Control+k")
    await page.keyboard.type("ma")
    await expect(page.get_by_role("option").filter(has_text="Marcus Oyelaran").first).to_be_visible()
    await page.keyboard.type("ribel")
    await is_asked.wait()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("option").filter(has_text="Marcus Oyelaran").first).to_be_visible()
    answers.set()
    await expect(page.get_by_role("heading", level=1)).to_contain_text("Maribel Okonjo")


async def test_two_keys_lead_to_another_page(visit: Visits) -> None:
    page = await visit("coordinator", "/work")
    await page.keyboard.press("g")
    await page.keyboard.press("b")
    await page.wait_for_url("**/board")


async def test_single_keys_can_be_switched_off(visit: Visits) -> None:
    page = await visit("coordinator", "/work?owner=anyone")
    await page.keyboard.press("?")
    sheet = page.locator("#shortcuts")
    await expect(sheet).to_be_visible()
    await sheet.get_by_label("Single-key shortcuts are on").uncheck()
    await page.keyboard.press("Escape")
    await expect(sheet).to_be_hidden()
    await page.keyboard.press("?")
    await page.keyboard.press("j")
    await expect(sheet).to_be_hidden()
    await expect(page.locator("tr[data-row]").first).not_to_be_focused()
    await page.reload()
    await page.keyboard.press("?")
    await expect(sheet).to_be_hidden()
