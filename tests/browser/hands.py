"""The two ways to work a page: by mouse, and by keyboard alone. A journey is written once and made by both."""

from datetime import date, datetime
from typing import Protocol

from playwright.async_api import Locator, Page, expect

MOST_TABS = 600
_IS_FOCUSED = "element => element === document.activeElement"
_OPTION = "element => element.selectedOptions[0]?.label.trim()"


class Hand(Protocol):
    """Works one page."""

    async def press(self, target: Locator) -> None:
        """A link, a button, a summary."""

    async def fill(self, target: Locator, text: str) -> None:
        """Types text in place of what stands there; dates as 2026-01-05, instants as 2026-01-05T09:30."""

    async def choose(self, target: Locator, label: str) -> None:
        """One option of a select."""

    async def check(self, target: Locator) -> None:
        """Ticks a box, or picks one of several."""


class Mouse:
    """Points and clicks."""

    async def press(self, target: Locator) -> None:
        """A click in the middle."""
        await target.click()

    async def fill(self, target: Locator, text: str) -> None:
        """A click, then the text."""
        await target.click()
        await target.fill(text)

    async def choose(self, target: Locator, label: str) -> None:
        """From the list that drops down."""
        await target.select_option(label=label)

    async def check(self, target: Locator) -> None:
        """A click."""
        await target.check()


class Keys:
    """Tab, Enter, Space and letters; the pointer is never used."""

    async def press(self, target: Locator) -> None:
        """Enter, which works links, buttons and summaries."""
        await reach(target)
        await target.page.keyboard.press("Enter")

    async def fill(self, target: Locator, text: str) -> None:
        """Typed key by key; a date part by part, as its field takes it."""
        await reach(target)
        kind = await target.get_attribute("type")
        if kind == "date":
            await target.page.keyboard.type(date.fromisoformat(text).strftime("%m%d%Y"))
            return
        if kind == "datetime-local":
            at = datetime.fromisoformat(text)
            await target.page.keyboard.type(at.strftime("%m%d%Y"))
            await target.page.keyboard.press("Tab")  # from the year to the hour
            await target.page.keyboard.type(at.strftime("%I%M%p"))
            return
        await target.page.keyboard.press("Control+a")
        await target.page.keyboard.type(text)

    async def choose(self, target: Locator, label: str) -> None:
        """Down the list until it stands there."""
        await reach(target)
        await target.page.keyboard.press("Home")
        for _ in range(await target.locator("option").count()):
            if await target.evaluate(_OPTION) == label:
                return
            await target.page.keyboard.press("ArrowDown")
        assert await target.evaluate(_OPTION) == label, f"no option {label}"

    async def check(self, target: Locator) -> None:
        """Space, where it is not ticked yet."""
        await reach(target)
        if not await target.is_checked():
            await target.page.keyboard.press("Space")
        await expect(target).to_be_checked()


HANDS: dict[str, Hand] = {"mouse": Mouse(), "keyboard": Keys()}


async def reach(target: Locator) -> None:
    """Tabs on until the target has the focus. Fails when it never gets it, or gets it unseen."""
    page = target.page
    await expect(target).to_be_visible()
    for _ in range(MOST_TABS):
        if await target.evaluate(_IS_FOCUSED):
            return
        await page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {target}; the focus is on {await focus_of(page)}")


async def focus_of(page: Page) -> str:
    """What has the focus, as its markup begins."""
    found: str = await page.evaluate("document.activeElement?.outerHTML.slice(0, 200) ?? ''")
    return found
