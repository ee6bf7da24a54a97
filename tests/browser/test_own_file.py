"""The clinician sends what is left from a telephone, without any script, and sees what becomes of it."""

import io
from typing import Any

import pytest
from PIL import Image
from playwright.async_api import FilePayload, Locator, Page, expect

from shared.ids import new_id
from tests.browser.axe import barriers
from tests.browser.hands import HANDS, Hand
from tests.browser.people import NARROW, Visits
from tests.browser.places import Place
from tests.browser.sight import small_targets, too_wide

pytestmark = pytest.mark.asyncio(loop_scope="session")

TELEPHONE: dict[str, Any] = {"viewport": NARROW, "is_mobile": True, "has_touch": True, "java_script_enabled": False}
RECEIVED = "Received; we check it"


def _photo() -> FilePayload:
    """One that nobody sent before: the same content is the same document."""
    kept = io.BytesIO()
    Image.new("RGB", (600, 400), "white").save(kept, "JPEG", comment=new_id("pic"))
    return {"name": "card.jpg", "mimeType": "image/jpeg", "buffer": kept.getvalue()}


def _archive() -> FilePayload:
    return {"name": "card.pdf", "mimeType": "application/pdf", "buffer": b"PK\x03\x04" + b"\0" * 40}


async def _let_in(visit: Visits, place: Place, hand: Hand, **options: Any) -> Page:
    wanted = {"for": "clinician", "clinician_id": place.path.rpartition("/")[2], "purpose": "see_assignment"}
    answer = await visit.people.system.caller("coordinator").post("identity", "/v1/links", wanted)
    assert answer.status_code == 201, answer.text
    page = await visit(None, "/l", **TELEPHONE | options)
    await hand.fill(page.get_by_label("Link"), answer.json()["token"])
    await hand.press(page.get_by_role("button", name="Open"))
    await expect(page.get_by_role("heading", name="What is left for you")).to_be_visible()
    return page


async def _send(paper: Locator, file: FilePayload, hand: Hand) -> None:
    async with paper.page.expect_file_chooser() as chooser:
        await hand.press(paper.locator("input[type=file]"))
    await (await chooser.value).set_files(file)
    await hand.press(paper.locator("button"))


@pytest.mark.parametrize("by", HANDS)
async def test_a_photo_is_sent_for_an_item_and_a_wrong_file_is_refused_at_it(
    visit: Visits, every_place: dict[str, Place], by: str
) -> None:
    hand = HANDS[by]
    page = await _let_in(visit, every_place["clinician"], hand)
    paper = page.locator(f"#{await page.locator('[data-paper=left]').first.get_attribute('id')}")

    await _send(paper, _archive(), hand)
    await expect(paper.locator(".error")).to_contain_text("a document is a PDF, JPEG, PNG, TIFF or HEIC file")
    await expect(paper).to_be_in_viewport()

    await _send(paper, _photo(), hand)
    await expect(paper).to_contain_text(RECEIVED)
    await expect(paper).to_be_in_viewport()
    await expect(paper).to_have_attribute("data-paper", "received")


async def test_the_page_bars_nobody_while_something_is_wrong(visit: Visits, every_place: dict[str, Place]) -> None:
    mouse = HANDS["mouse"]
    page = await _let_in(visit, every_place["clinician"], mouse, java_script_enabled=True)  # axe is a script
    await _send(page.locator("[data-paper=left]").first, _archive(), mouse)
    await expect(page.locator(".error")).to_be_visible()

    found = {
        "barriers": await barriers(page),
        "too wide": await too_wide(page),
        "too small": await small_targets(page),
    }
    assert found == dict.fromkeys(found, [])
