"""axe-core looks at a page as it stands and names what bars people from it."""

from functools import cache
from typing import Any

from playwright.async_api import Page

from tests.system import ROOT

AXE = ROOT / "services" / "portal" / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_RUN = "tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})"


@cache
def _source() -> str:
    assert AXE.exists(), "axe-core is missing: `make test` installs it with the portal's packages"
    return AXE.read_text()


async def barriers(page: Page) -> list[str]:
    """Every violation as a line: rule, where, what to do. Empty when the page is clean."""
    await page.evaluate(_source())
    found: dict[str, Any] = await page.evaluate(_RUN, TAGS)
    return [
        f"{violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]
