"""What leads have on their desk beside files: a month's sample to audit, and a report under adjudication."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from playwright.async_api import Page, expect

from tests.browser.hands import HANDS, Hand
from tests.system import System

LEAD = "lead"
MEASURE = "HCSS-7"
REPORT = "rep_demo_1"
CODE = "BG-COUNTY"


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The month whose files are drawn, and a report whose first notice is out."""

    month: str
    action_id: str


async def desk(system: System, assignment: dict[str, Any]) -> Desk:
    """Sends the first notice about a report. Fails when that is refused."""
    return Desk(month=await last_month(system), action_id=await _noticed(system, assignment))


async def today_of(system: System) -> date:
    """The system's own day, by UTC."""
    now = (await system.caller("operator").get("assignments", "/v1/clock")).json()["now"]
    return datetime.fromisoformat(now).date()


async def last_month(system: System) -> str:
    """The last month that is over, as addresses write it: those who work in the demo now did so then, too."""
    return f"{(await today_of(system)).replace(day=1) - timedelta(days=1):%Y-%m}"


async def reach_sample(page: Page, hand: Hand) -> None:
    """From the month to its sample, which is drawn where nobody did it before: a month is drawn once."""
    drawing = page.get_by_role("button", name=f"for {MEASURE}")
    opening = page.get_by_role("link", name=f"Open the sample of {MEASURE}")
    await expect(drawing.or_(opening)).to_be_visible()
    await hand.press(drawing if await drawing.count() else opening)
    await page.locator("#files-table").wait_for()


async def open_sample(page: Page) -> None:
    """From the month to its sample."""
    await reach_sample(page, HANDS["mouse"])


async def open_audit(page: Page) -> None:
    """From the month to the audit of the first file drawn."""
    await open_sample(page)
    await page.locator("#files-table a[data-open]").first.click()
    await page.locator("#elements").wait_for()


async def _noticed(system: System, assignment: dict[str, Any]) -> str:
    lead, query = system.caller(LEAD), f"assignment_id={assignment['assignment_id']}"
    [known] = (await lead.get("credentialing", f"/v1/files?{query}")).json()["items"]
    opened = await lead.post(
        "credentialing", f"/v1/files/{known['file_id']}/adverse-actions", {"code": CODE, "report": REPORT}
    )
    if opened.status_code != 201:
        found = (await lead.get("credentialing", f"/v1/adverse-actions?{query}")).json()["items"]
        assert found, opened.text
        return str(found[0]["action_id"])
    action = opened.json()
    notice = {"sent_on": action["opened_on"], "encloses": action["pre_adverse_encloses"]}
    sent = await lead.post("credentialing", f"/v1/adverse-actions/{action['action_id']}:send-pre-adverse", notice)
    assert sent.is_success, sent.text
    return str(action["action_id"])
