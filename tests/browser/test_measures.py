"""A month's sample from the draw to its figure, and a profile from its preview to the issuer's word, by both hands."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.async_api import FilePayload, Page, expect

from shared.ids import new_uuid
from tests.browser.desk_work import LEAD, MEASURE, last_month, reach_sample, today_of
from tests.browser.hands import HANDS, Hand, Keys, reach
from tests.browser.people import Visits
from tests.browser.places import Place

pytestmark = pytest.mark.asyncio(loop_scope="session")

ELEMENTS = ("credentials", "competency", "background")


async def _answer(page: Page, hand: Hand, *, lacking: str | None = None) -> None:
    for name in ELEMENTS:
        await _pick(page, hand, name, place=2 if name == lacking else 1)


async def _pick(page: Page, hand: Hand, name: str, *, place: int) -> None:
    """Yes stands first, no second. Tab stops at what is picked already, or else at the first; arrows pick another."""
    wanted = page.locator(f"#f-{name}-{place}")
    if not isinstance(hand, Keys):
        await hand.check(wanted)
        return
    picked = page.locator(f"input[name={name}]:checked")
    stop = picked if await picked.count() else page.locator(f"#f-{name}-1")
    await reach(stop)
    is_there = await stop.get_attribute("id") == await wanted.get_attribute("id")
    await page.keyboard.press("Space" if is_there else "ArrowDown" if place == 2 else "ArrowUp")
    await expect(wanted).to_be_checked()


@pytest.mark.parametrize("by", HANDS)
async def test_a_lead_draws_a_month_audits_its_files_and_sees_the_figure(visit: Visits, by: str) -> None:
    hand = HANDS[by]
    month = await last_month(visit.people.system)
    page = await visit(LEAD, f"/credentialing/measures?month={month}")

    await reach_sample(page, hand)
    name = f"{MEASURE}, {date.fromisoformat(f'{month}-01'):%B %Y}"
    await expect(page.get_by_role("heading", name=name)).to_be_visible()
    rows, keep = page.locator("#files-table tbody tr"), page.get_by_role("button", name="Keep the audit")
    drawn = await rows.count()
    for place in range(drawn):
        is_last = place == drawn - 1
        await hand.press(rows.nth(place).locator("a[data-open]"))
        await _answer(page, hand, lacking="background" if is_last else None)
        if is_last:
            await hand.fill(page.locator("#f-background_reason"), " ")  # nothing, also over what stood there
            await hand.press(keep)
            await expect(page.locator("#f-background_reason-error")).to_contain_text("Say why it is not complete.")
            await hand.fill(page.locator("#f-background_reason"), "No county search of the second county.")
        await hand.press(keep)
        await expect(rows.nth(place)).to_contain_text("Not complete" if is_last else "Complete")

    await expect(page.locator("#verdict")).to_contain_text("below the target of 19 of 20")
    await expect(page.locator("#figure")).to_contain_text(f"{drawn - 1} of {drawn} audited files complete")
    await hand.press(page.get_by_role("link", name="Staffing measures").first)
    await expect(page.locator("#hcss-7")).to_contain_text("Complete")


async def _profile(visit: Visits, *, earlier: int) -> FilePayload:
    """A card that nobody holds yet, whose issuer is said to have verified it.

    Its first day is older than any of the demo's, and another one than those of the `earlier` profiles.
    """
    today = await today_of(visit.people.system)
    number = str(new_uuid().int)[-12:]
    card = {
        "id": "card",
        "code": {"system": "urn:firstshift:item", "code": "CERT-BLS"},
        "subject": "",
        "category": "personnel",
        "period": {"start": str(today - timedelta(days=1000 + earlier)), "end": str(today + timedelta(days=500))},
        "identifier": [{"system": "urn:firstshift:number", "value": number}],
        "issuer": {"display": "AHA"},
    }
    said_at = f"{today - timedelta(days=3)}T15:00:00Z"
    word = {
        "resourceType": "VerificationResult",
        "id": "word",
        "target": {"reference": "#card"},
        "status": "validated",
        "statusDate": said_at,
        "primarySource": {"who": {"display": "AHA"}, "validationDate": said_at},
        "attestation": {"display": "R. Alvarez"},
    }
    person: dict[str, Any] = {
        "resourceType": "Practitioner",
        "id": "person",
        "identifier": [],
        "name": [{"text": "Ana Example"}],
        "address": [],
        "qualification": [card],
    }
    bundle = {
        "resourceType": "Bundle",
        "type": "collection",
        "formatVersion": 1,
        "timestamp": said_at,
        "entry": [{"resource": person}, {"resource": word}],
    }
    return {"name": "profile.json", "mimeType": "application/json", "buffer": json.dumps(bundle).encode()}


@pytest.mark.parametrize("by", HANDS)
async def test_a_profile_is_previewed_taken_in_and_its_issuers_word_accepted(
    visit: Visits, every_place: dict[str, Place], by: str
) -> None:
    hand = HANDS[by]
    page = await visit(LEAD, every_place["profile"].path)
    before = await page.locator("#assertions-table tbody tr").count()
    look = page.get_by_role("button", name="Show what would come of it")

    await hand.press(look)
    await expect(page.locator("#f-file-error")).to_contain_text("Choose a file first.")
    await hand.fill(page.get_by_label("Which system it comes from"), "Northwind Staffing")
    async with page.expect_file_chooser() as chooser:
        await hand.press(page.get_by_label("File", exact=True))
    await (await chooser.value).set_files(await _profile(visit, earlier=before))
    await hand.press(look)
    await expect(page.locator("#import-result")).to_contain_text("1 credential would be taken in.")
    await expect(page.locator("#import-result")).to_contain_text("The last name in the profile is another one.")
    await expect(page.locator("#assertions-table tbody tr")).to_have_count(before)

    await hand.press(page.get_by_role("button", name="Take it in"))
    await expect(page.locator("#import-result")).to_contain_text("1 credential taken in.")
    await expect(page.locator("#assertions-table tbody tr")).to_have_count(before + 1)
    newest = page.locator("#assertions-table tbody tr").first
    await expect(newest).to_contain_text("Its issuer’s word")
    await hand.press(newest.get_by_role("button", name="Accept the word of AHA for CERT-BLS"))
    await expect(page.locator("#assertions-table tbody tr").first).to_contain_text("Accepted")
