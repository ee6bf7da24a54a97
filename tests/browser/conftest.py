"""The real system with its demo, one browser, and the people who use it; all browser tests of a run share them."""

import asyncio
import os
from collections.abc import AsyncIterator, Generator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright, expect

from tests.browser.chromium import FLAGS, chromium, this_machine
from tests.browser.demo import demo_system
from tests.browser.people import PATIENCE_MS, People, Visits
from tests.browser.places import Place, places
from tests.system import ROOT, System

PICTURES = ROOT / "build" / "browser"
FAILED = pytest.StashKey[bool]()
expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
def system() -> Iterator[System]:
    """The whole system as `make run` starts it, with its demo; RUNNING=.firstshift: the one that runs there already."""
    with demo_system() as system:
        yield system


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Chromium; HEADED=1 shows it."""
    async with async_playwright() as playwright:
        machine = this_machine(Path(playwright.chromium.executable_path))
        program = await asyncio.to_thread(chromium, machine)
        browser = await playwright.chromium.launch(
            executable_path=program, args=list(FLAGS), headless=not os.environ.get("HEADED")
        )
        yield browser
        await browser.close()


@pytest.fixture(scope="session")
def people(browser: Browser, system: System) -> People:
    """Everybody who has an account in the demo."""
    return People(browser, system)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def every_place(system: System) -> dict[str, Place]:
    """Every page of the portal, by name."""
    return {place.name: place for place in await places(system)}


@pytest_asyncio.fixture(loop_scope="session")
async def visit(people: People, request: pytest.FixtureRequest) -> AsyncIterator[Visits]:
    """Opens pages: `page = await visit("coordinator", "/work")`. Faults of any page fail the test."""
    visits = Visits(people)
    yield visits
    if request.node.stash.get(FAILED, False):
        await _take_pictures(visits, request.node.name)
    await visits.close()
    assert visits.watch.faults == [], "what no page may do"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Notes a failure, so that `visit` takes a picture of it."""
    report = yield
    if report.failed:
        item.stash[FAILED] = True
    return report


async def _take_pictures(visits: Visits, name: str) -> None:
    """What was on the screens when the test failed, into build/browser/."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    plain = "".join(letter if letter.isalnum() else "-" for letter in name)
    for number, page in enumerate(visits.pages, start=1):
        if not page.is_closed():
            await page.screenshot(path=PICTURES / f"{plain}-{number}.png")
