"""One offer as a specialist and a coordinator work on it in their browsers: papers, sources, terms."""

from dataclasses import dataclass
from datetime import date

from playwright.async_api import FilePayload, Locator, Page, expect

from shared.ids import new_id
from tests.browser.hands import Hand
from tests.journeys.credentialing_desk import PATIENCE_SECONDS, Desk, plan_of
from tests.journeys.papers import PDF, a_pdf
from tests.system import eventually

CARD, CARD_NAME = "CERT-BLS", "Basic Life Support"


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """The hand that works on the offer, and the pages of the two."""

    hand: Hand
    desk: Desk
    specialist: Page
    coordinator: Page

    @property
    def assignment(self) -> str:
        """The address of the assignment's pages."""
        return f"/assignments/{self.desk.assignment_id}"

    @property
    def file(self) -> str:
        """The address of its credentials."""
        return f"{self.assignment}/file"

    async def bring_card(self, *, issued_on: date) -> None:
        """The card is uploaded; what its text says stands in the form; it is recorded and confirmed by its issuer."""
        hand, page = self.hand, self.specialist
        lines = (CARD_NAME, f"Issue date: {issued_on:%m/%d/%Y}", f"eCard code: {new_id('num')[-12:]}")
        await self.upload(CARD, a_pdf(*lines))
        await _is_drawn(page)
        await expect(page.locator("#proposed")).to_contain_text("Issued on")
        await expect(page.get_by_label("Issued, tested or given on")).to_have_value(issued_on.isoformat())
        await hand.press(page.get_by_role("button", name="Record it"))
        await expect(page.locator("#item-head")).to_contain_text("To be confirmed")
        await hand.press(page.get_by_role("link", name="Confirm with its source"))
        await hand.fill(page.locator("#command [name=source]"), "eCard register of the issuer")
        await self.send(page)
        await expect(page.locator(f"#item-{CARD}")).to_contain_text("Confirmed")

    async def upload(self, code: str, content: bytes) -> None:
        """Chooses a file for the item and sends it; its review opens."""
        hand, page = self.hand, self.specialist
        await page.goto(self.file)
        await hand.press(page.get_by_role("link", name="Documents", exact=True))
        chosen: FilePayload = {"name": f"{code}.pdf", "mimeType": PDF, "buffer": content}
        async with page.expect_file_chooser() as chooser:
            await hand.press(page.get_by_label("File", exact=True))
        await (await chooser.value).set_files(chosen)
        items = page.get_by_label("For which item")
        label = await items.locator(f"option[value={code}]").evaluate("one => one.label.trim()")
        await hand.choose(items, label)
        await hand.press(page.get_by_role("button", name="Add the document"))
        await expect(page.locator("#record")).to_be_visible()

    async def ask(self, code: str) -> None:
        """Has the item's source asked, from the file to its item and back."""
        await self.specialist.goto(self.file)
        await self.hand.press(self.specialist.locator(f"#item-{code} a"))
        await self.do(self.specialist.get_by_role("link", name="Ask its source"))

    async def do(self, opens: Locator) -> None:
        """Opens a command that asks for nothing more, and gives it."""
        await self.hand.press(opens)
        await self.send(opens.page)

    async def send(self, page: Page) -> None:
        """Gives the command whose form is open."""
        form = page.locator("#command")
        await self.hand.press(form.get_by_role("button", name="Do it"))
        await expect(form).to_have_count(0)

    async def open_menu(self, name: str) -> None:
        """Opens one command of the assignment's menu."""
        page = self.coordinator
        await page.goto(self.assignment)
        await self.hand.press(page.locator("#assignment-head summary"))
        await self.hand.press(page.locator("#assignment-head").get_by_role("link", name=name, exact=True))
        await expect(page.locator("#command")).to_be_visible()

    async def change_terms(self, name: str, **days: date) -> None:
        """One command of the menu that changes the terms, after a look at what it would mean."""
        hand, page = self.hand, self.coordinator
        await self.open_menu(name)
        form = page.locator("#command")
        for field, day in days.items():
            await hand.fill(form.locator(f"[name={field}]"), day.isoformat())
        accepted = form.get_by_label("Clinician accepted")
        if await accepted.count():
            await hand.check(accepted)
        await hand.press(form.get_by_role("button", name="Preview"))
        await expect(page.locator("#effects [data-department=credentialing]")).to_be_visible()
        await self.send(page)

    async def until_blocked(self, since: date) -> int:
        """Until the coordinator's page of the file names the first shift that timekeeping blocks, on this day or later.

        Returns how many it counts. Timekeeping hears of a decision in its own time.
        """
        page, card = self.coordinator, self.coordinator.locator("#blocked-shifts")

        async def named() -> tuple[date, str]:
            await page.goto(self.file)
            first = await card.locator("li").first.inner_text() if await card.count() else ""
            plan = await plan_of(self.desk.system, self.desk.assignment_id)
            days = [date.fromisoformat(one["work_date"]) for one in plan["shifts"] if one["blocked"]]
            return min((day for day in days if day >= since), default=date.min), first

        await eventually(named, lambda found: found[1].startswith(f"{found[0]:%a %-d %b}"), seconds=PATIENCE_SECONDS)
        return int(await card.locator(".card-note").inner_text())


async def _is_drawn(page: Page) -> None:
    """The page of the document is there as a picture, and not blank for the eye."""
    picture = page.get_by_alt_text("Page 1 of the document, as a picture")
    await expect(picture).to_be_visible()
    await expect(picture).to_have_js_property("complete", True)
    assert await picture.evaluate("one => one.naturalWidth") > 100
