"""`make screenshots`: every page of the demo at 1440 and 390 px, light and dark, into docs/images/.

make screenshots                all of them; each <page>-<width>-<theme>.png
make screenshots ONLY=queue     the one page; RUNNING=.firstshift: of the system that runs there already
"""

import asyncio
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from playwright.async_api import async_playwright
from rich.console import Console

from tests.browser.chromium import FLAGS, chromium, this_machine
from tests.browser.demo import demo_system
from tests.browser.people import NARROW, WIDE, People
from tests.browser.places import Place, places
from tests.browser.watch import Watch
from tests.system import ROOT, System

IMAGES = ROOT / "docs" / "images"
SIZES: dict[str, dict[str, Any]] = {
    "1440": {"viewport": WIDE},
    "390": {"viewport": NARROW, "is_mobile": True, "has_touch": True},
}
THEMES = ("light", "dark")
MOST_BYTES, MOST_TOGETHER = 150_000, 6_000_000
SMALLER = Path(__file__).with_name("smaller_png.mjs")

console = Console(stderr=True, highlight=False)


async def take(system: System, only: Sequence[str]) -> list[Path]:
    """Takes the pictures; the faults of the pages end it."""
    taken: list[Path] = []
    async with async_playwright() as playwright:
        program = await asyncio.to_thread(chromium, this_machine(Path(playwright.chromium.executable_path)))
        browser = await playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        people = People(browser, system)
        for place in await places(system):
            if not only or place.name in only:
                console.print(f"{place.name} ...", style="dim")
                taken += await _take(people, place)
        await browser.close()
    return taken


async def _take(people: People, place: Place) -> list[Path]:
    taken = []
    for width, size in SIZES.items():
        for theme in THEMES:
            watch = Watch(people.origins)
            context = await people.at_a_browser(place.role, watch, color_scheme=theme, **size)
            page = await context.new_page()
            await place.show(page)
            await page.mouse.move(0, 0)
            path = IMAGES / f"{place.name}-{width}-{theme}.png"
            await page.screenshot(path=path, animations="disabled", caret="hide")
            await context.close()
            assert watch.faults == [], f"{place.name}: {watch.faults}"
            taken.append(path)
    return taken


def make_smaller(pictures: Sequence[Path]) -> None:
    """At most 96 colours each, best compression."""
    node = shutil.which("node", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    assert node, "node is missing: it comes with the packages of requirements.lock"
    subprocess.run([node, SMALLER, *pictures], check=True, stdout=subprocess.DEVNULL)


def too_heavy(folder: Path) -> list[str]:
    """What is larger than a picture, or all of them, may be."""
    sizes = {path.name: path.stat().st_size for path in sorted(folder.glob("*.png"))}
    found = [f"{name} has {size:,} bytes" for name, size in sizes.items() if size > MOST_BYTES]
    together = sum(sizes.values())
    return [*found, *([f"all together have {together:,} bytes"] if together > MOST_TOGETHER else [])]


def main() -> None:
    """Starts the system with its demo, takes the pictures, and makes them small."""
    only = os.environ.get("ONLY", "").replace(",", " ").split()
    IMAGES.mkdir(parents=True, exist_ok=True)
    with demo_system() as system:
        taken = asyncio.run(take(system, only))
    make_smaller(taken)
    console.print(f"{len(taken)} pictures in {IMAGES.relative_to(ROOT)}")
    if heavy := too_heavy(IMAGES):
        raise SystemExit("screenshots: " + "; ".join(heavy))


if __name__ == "__main__":
    main()
