"""People at their browsers: each signs in by identity's pages once, and opens pages that are watched."""

import time
from collections.abc import Mapping
from contextlib import AsyncExitStack
from typing import Any

import pyotp
from playwright.async_api import Browser, BrowserContext, Page

from firstshift.demo_accounts import proofs_of
from firstshift.demo_keyring import keyring_of
from tests.browser.hands import HANDS, Hand
from tests.browser.watch import Watch
from tests.system import System

WIDE = {"width": 1440, "height": 900}
NARROW = {"width": 390, "height": 844}
PATIENCE_MS = 15_000
STEP_SECONDS = 30
SIGN_IN_TRIES = 3


class People:
    """The people of one running system; their cookies are kept for the next page that they open."""

    def __init__(self, browser: Browser, system: System) -> None:
        self.system = system
        self._browser = browser
        self._cookies: dict[str, Any] = {}

    @property
    def portal(self) -> str:
        """The portal's address."""
        return self.system.urls["portal"]

    @property
    def origins(self) -> frozenset[str]:
        """Whom pages may ask: the portal, and identity to sign in."""
        return frozenset({self.portal, self.system.urls["identity"]})

    async def at_a_browser(self, role: str | None, watch: Watch, **options: Any) -> BrowserContext:
        """A browser of its own in which the account of this role is signed in; nobody where it is None."""
        if role is not None and role not in self._cookies:
            self._cookies[role] = await self._sign_in(role)
        cookies = self._cookies[role] if role is not None else None
        context = await self._context(storage_state=cookies, **options)
        watch.follow(context)
        return context

    async def _sign_in(self, role: str) -> Any:
        context = await self._context()
        page = await context.new_page()
        await page.goto(f"{self.portal}/work" if role != "operator" else f"{self.portal}/parked")
        await enter(page, self.system, role)
        await page.wait_for_url(f"{self.portal}/**")
        cookies = await context.storage_state()
        await context.close()
        return cookies

    async def _context(self, **options: Any) -> BrowserContext:
        usual: Mapping[str, Any] = {
            "viewport": WIDE,
            "locale": "en-US",
            "timezone_id": "America/Denver",
            "reduced_motion": "reduce",
            "base_url": self.portal,
        }
        context = await self._browser.new_context(**{**usual, **options})
        context.set_default_timeout(PATIENCE_MS)
        return context


class Visits:
    """The pages that one test opens, closed at its end; what went wrong on any of them fails it."""

    def __init__(self, people: People) -> None:
        self.people = people
        self.watch = Watch(people.origins)
        self.pages: list[Page] = []
        self._open = AsyncExitStack()

    async def __call__(self, role: str | None, path: str | None = None, **options: Any) -> Page:
        """A page of somebody of this role in a browser of their own; at this path, where one is given."""
        context = await self.people.at_a_browser(role, self.watch, **options)
        self._open.push_async_callback(context.close)
        page = await context.new_page()
        self.pages.append(page)
        if path is not None:
            await page.goto(path)
        return page

    async def close(self) -> None:
        """Ends every browser of the test."""
        await self._open.aclose()


async def enter(page: Page, system: System, role: str, *, hand: Hand = HANDS["mouse"]) -> None:
    """Fills in identity's pages, from the password to the way back, as the account of this role."""
    keyring = keyring_of(system.home)
    email = proofs_of(keyring, role).email
    await hand.fill(page.get_by_label("E-mail"), email)
    await hand.fill(page.get_by_label("Password"), keyring.password)
    await hand.press(page.get_by_role("button", name="Sign in", exact=True))
    secret = keyring.second_factors[email]
    if secret is not None:
        await _give_code(page, secret, hand)


async def _give_code(page: Page, secret: str, hand: Hand) -> None:
    """Types codes until one is taken: each counts once, and this machine's own calls use them, too."""
    field = page.get_by_label("Code from your app")
    for _ in range(SIGN_IN_TRIES):
        await hand.fill(field, pyotp.TOTP(secret).at(int(time.time()), counter_offset=1))
        await hand.press(page.get_by_role("button", name="Continue"))
        await page.wait_for_load_state()
        kept = page.get_by_role("link", name="I have kept them")
        if await kept.count():
            await hand.press(kept)
        if not await field.count():
            return
        await page.wait_for_timeout(1000 * (STEP_SECONDS - time.time() % STEP_SECONDS))
    raise AssertionError("identity took no code")
