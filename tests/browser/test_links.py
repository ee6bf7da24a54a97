"""The clinician's page: by link alone, on a telephone, with nothing else of the portal behind it."""

from typing import Any

import pytest
from playwright.async_api import expect

from tests.browser.axe import barriers
from tests.browser.hands import HANDS
from tests.browser.people import NARROW, Visits
from tests.browser.places import Place
from tests.browser.sight import small_targets, too_wide
from tests.system import System

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def _link(system: System, clinician_id: str) -> str:
    wanted = {"for": "clinician", "clinician_id": clinician_id, "purpose": "see_assignment"}
    answer = await system.caller("coordinator").post("identity", "/v1/links", wanted)
    assert answer.status_code == 201, answer.text
    body: dict[str, Any] = answer.json()
    return str(body["token"])


def _clinician(every_place: dict[str, Place]) -> str:
    return every_place["clinician"].path.rpartition("/")[2]


async def test_a_clinician_opens_the_link_and_sees_what_is_left(visit: Visits, every_place: dict[str, Place]) -> None:
    token = await _link(visit.people.system, _clinician(every_place))
    page = await visit(None, f"/l#{token}", viewport=NARROW, is_mobile=True, has_touch=True)
    await expect(page.get_by_role("heading", name="What is left for you")).to_be_visible()
    assert token not in page.url, "the proof does not stay in the address"
    await expect(page.get_by_role("heading", name="Your first day")).to_be_visible()
    assert await barriers(page) == []
    assert await too_wide(page) == []
    assert await small_targets(page) == []


@pytest.mark.parametrize("by", HANDS)
async def test_a_link_may_be_pasted_where_it_cannot_be_opened(
    visit: Visits, every_place: dict[str, Place], by: str
) -> None:
    token, hand = await _link(visit.people.system, _clinician(every_place)), HANDS[by]
    page = await visit(None, "/l")
    await hand.fill(page.get_by_label("Link"), f"{visit.people.portal}/l#{token}")
    await hand.press(page.get_by_role("button", name="Open"))
    await expect(page.get_by_role("heading", name="What is left for you")).to_be_visible()


async def test_a_link_opens_nothing_else(visit: Visits, every_place: dict[str, Place]) -> None:
    page = await visit(None, f"/l#{await _link(visit.people.system, _clinician(every_place))}")
    await expect(page.get_by_role("heading", name="What is left for you")).to_be_visible()
    other = every_place["assignment-terms"].path.split("/")[2]
    answer = await page.goto(f"/l/own/{other}")
    assert answer is not None and answer.status == 404
    await page.goto("/work")
    assert page.url.startswith(visit.people.system.urls["identity"]), "the queue asks who this is"


async def test_a_link_that_was_never_given_says_whom_to_ask(visit: Visits) -> None:
    page = await visit(None, "/l#lnk_never.given")
    await expect(page.get_by_text("Ask whoever sent it for a new one")).to_be_visible()
