"""Coming in and going out: by password and code, to the page that was asked for, and only for those who may."""

import pytest
from playwright.async_api import expect

from tests.browser.hands import HANDS
from tests.browser.people import Visits, enter

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.mark.parametrize(("by", "role"), [("mouse", "housing_specialist"), ("keyboard", "timekeeping_specialist")])
async def test_somebody_signs_in_comes_to_the_page_asked_for_and_signs_out(visit: Visits, by: str, role: str) -> None:
    hand, page = HANDS[by], await visit(None, "/board")
    await expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert page.url.startswith(visit.people.system.urls["identity"])
    await enter(page, visit.people.system, role, hand=hand)
    await page.wait_for_url("**/board")
    await hand.press(page.locator("summary").filter(has_text="Account:"))
    await hand.press(page.get_by_role("button", name="Sign out"))
    await expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()
    await page.goto("/work")
    await expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


async def test_a_wrong_password_is_said_at_the_form_and_lets_nobody_in(visit: Visits) -> None:
    page = await visit(None, "/work")
    await page.get_by_label("E-mail").fill("nobody@example.org")
    await page.get_by_label("Password").fill("not the password at all")
    await page.get_by_role("button", name="Sign in", exact=True).click()
    await expect(page.get_by_role("alert")).to_be_visible()
    assert page.url.startswith(visit.people.system.urls["identity"])


async def test_the_cookie_of_a_session_is_kept_from_scripts(visit: Visits) -> None:
    page = await visit("coordinator", "/work")
    cookies = await page.context.cookies(visit.people.portal)
    assert any(cookie["httpOnly"] for cookie in cookies)
    readable = {part.split("=")[0].strip() for part in str(await page.evaluate("document.cookie")).split(";")}
    assert readable <= {"", "theme", "density"}
