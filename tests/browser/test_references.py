"""Somebody outside answers by a link, and a clinician says by telephone what they can do; a specialist judges both."""

import re
from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.axe import barriers
from tests.browser.hands import HANDS, Hand, Keys, reach
from tests.browser.offers import accepted
from tests.browser.people import NARROW, Visits
from tests.browser.sight import small_targets, too_wide
from tests.system import System

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.parametrize("by", HANDS)]

TELEPHONE: dict[str, Any] = {"viewport": NARROW, "is_mobile": True, "has_touch": True}
WITHOUT_SCRIPTS: dict[str, Any] = {**TELEPHONE, "java_script_enabled": False}
SPECIALIST = "credentialing_specialist"
ABOUT = "Supervisor: Two recent supervisory references (REF-2)"
GRADED = ("Clinical skill", "Judgement under pressure", "Attendance and punctuality", "Work with patients")
SKILLS = "COMP-SKILLS"
MAIL = re.compile(r"^mailto:referee@example\.org\?subject=A%20few%20questions")


async def _pick(hand: Hand, group: Locator, label: str) -> None:
    """One of several choices; the keyboard comes to the first of them, or to the chosen one, and goes on by arrows."""
    choices, wanted = group.get_by_role("radio"), group.get_by_label(label, exact=True)
    if not isinstance(hand, Keys):
        await hand.check(wanted)
        return
    chosen = group.locator("input:checked")
    await reach(chosen if await chosen.count() else choices.first)
    await group.page.keyboard.press("Space")
    for _ in range(await choices.count()):
        if await wanted.is_checked():
            return
        await group.page.keyboard.press("ArrowDown")
    await expect(wanted).to_be_checked()


async def _bars_nobody(page: Page) -> None:
    found = {
        "barriers": await barriers(page),
        "too wide": await too_wide(page),
        "too small": await small_targets(page),
    }
    assert found == dict.fromkeys(found, [])


async def _ask(page: Page, hand: Hand, name: str) -> str:
    """Asks a supervisor of this name; the link, which the page shows once."""
    form = page.locator("#ask-form")
    await hand.choose(form.get_by_label("As what, about what"), ABOUT)
    await hand.fill(form.get_by_label("Name"), name)
    await hand.fill(form.get_by_label("E-mail"), "referee@example.org")
    await hand.fill(form.get_by_label("What the clinician says"), "Staff nurse, OR, 2021 to 2023")
    await hand.press(form.get_by_role("button", name="Ask"))
    made = page.locator("#made")
    await expect(made.get_by_role("link", name="Write the mail")).to_have_attribute("href", MAIL)
    return await made.get_by_label("Link").input_value()


async def _answer(page: Page, hand: Hand, *, grade: str = "5") -> None:
    """Every question that must be answered."""
    await _pick(hand, page.get_by_role("group", name="Did you supervise"), "Yes")
    await hand.fill(page.get_by_label("Your position at the time"), "Nurse manager")
    await hand.fill(page.get_by_label("First day that you worked together"), "2021-03-01")
    for asked in GRADED:
        await _pick(hand, page.get_by_role("group", name=asked), grade)
    await _pick(hand, page.get_by_role("group", name="Would you take"), "Yes")
    await _pick(hand, page.get_by_role("group", name="Do you know of anything"), "No")
    await hand.press(page.get_by_role("button", name="Send my answers"))
    await expect(page.get_by_role("heading", name="Thank you")).to_be_visible()


async def _counted(page: Page) -> int:
    words = await page.locator("#tally-REF-2 > span.muted").inner_text()
    return int(words.split()[0])


async def test_two_supervisors_answer_by_their_links_and_the_references_are_met(visit: Visits, by: str) -> None:
    hand = HANDS[by]
    assignment_id, clinician = await accepted(visit.people.system)
    page = await visit(SPECIALIST, f"/assignments/{assignment_id}/references")
    before = await _counted(page)
    for name in ("Rosa Keller", "Tom Vale"):
        link = await _ask(page, hand, name)
        referee = await visit(None, link, **TELEPHONE)
        await expect(referee.get_by_role("heading", name=f"A reference for {clinician}")).to_be_visible()
        assert "#" not in referee.url, "the proof does not stay in the address"
        await _answer(referee, hand)
        await referee.goto("about:blank")
        await referee.goto(link)
        await expect(referee.get_by_role("heading", name="This link opens nothing")).to_be_visible()

    await page.goto(f"/assignments/{assignment_id}/references")
    assert await _counted(page) == before + 2
    await hand.press(page.locator("#tally-REF-2 a"))
    await expect(page.locator("#item-head")).to_contain_text("Confirmed")


async def test_what_a_referee_left_out_is_said_and_an_answer_that_speaks_against_is_judged(
    visit: Visits, by: str
) -> None:
    hand = HANDS[by]
    assignment_id, _ = await accepted(visit.people.system)
    page = await visit(SPECIALIST, f"/assignments/{assignment_id}/references")
    referee = await visit(None, await _ask(page, hand, "Ada Stone"), **TELEPHONE)
    await expect(referee.locator("#outside")).to_be_visible()
    await _bars_nobody(referee)
    await hand.fill(referee.get_by_label("Anything else"), "Kind to everybody.")
    await hand.press(referee.get_by_role("button", name="Send my answers"))
    await expect(referee.locator("[data-error-summary]")).to_be_focused()
    await expect(referee.get_by_role("heading", name="need your attention")).to_be_visible()
    await expect(referee.get_by_label("Anything else")).to_have_value("Kind to everybody.")
    await _bars_nobody(referee)
    await _answer(referee, hand, grade="2")

    await page.goto(f"/assignments/{assignment_id}/references")
    await hand.press(page.locator("#references-table tr", has_text="To be judged").first.get_by_role("link"))
    await expect(page.locator("#answer")).to_contain_text("Kind to everybody.")
    await _bars_nobody(page)
    await hand.press(page.get_by_role("button", name="Decide"))
    await expect(page.locator("#f-because-error")).to_contain_text("Write why.")
    await _pick(hand, page.get_by_role("group", name="It speaks against"), "It does not count")
    await hand.fill(page.get_by_label("Why"), "They never worked together.")
    await hand.press(page.get_by_role("button", name="Decide"))
    await expect(page.locator("#reference-head")).to_contain_text("Does not count")


async def test_a_request_gets_another_link_and_is_taken_back(visit: Visits, by: str) -> None:
    hand = HANDS[by]
    assignment_id, _ = await accepted(visit.people.system)
    page = await visit(SPECIALIST, f"/assignments/{assignment_id}/references")
    first = await _ask(page, hand, "Jo Lark")
    await hand.press(page.locator("#references-table").get_by_role("link", name="Jo Lark").first)
    await hand.press(page.get_by_role("button", name="Make another link"))
    second = await page.get_by_label("Link", exact=True).input_value()
    assert second != first
    late = await visit(None, first)
    await expect(late.get_by_role("heading", name="This link opens nothing")).to_be_visible()
    referee = await visit(None, second)
    await hand.press(referee.get_by_text("I would rather not answer"))
    await hand.press(referee.get_by_role("button", name="Decline to answer"))
    await expect(referee.get_by_role("heading", name="Thank you for letting us know")).to_be_visible()

    await page.goto(f"/assignments/{assignment_id}/references")
    await _ask(page, hand, "Wrong Person")
    await hand.press(page.locator("#references-table").get_by_role("link", name="Wrong Person").first)
    await hand.press(page.get_by_role("button", name="Take the request back"))
    await expect(page.locator("#reference-head")).to_contain_text("Taken back")


async def _own_page(visit: Visits, hand: Hand, assignment_id: str) -> Page:
    """The clinician's page of the assignment, by their link, which they paste: nothing there needs a script."""
    system = visit.people.system
    wanted = {"for": "clinician", "clinician_id": await _clinician(system, assignment_id), "purpose": "see_assignment"}
    link = await system.caller("coordinator").post("identity", "/v1/links", wanted)
    page = await visit(None, "/l", **WITHOUT_SCRIPTS)
    await hand.fill(page.get_by_label("Link"), link.json()["token"])
    await hand.press(page.get_by_role("button", name="Open"))
    await page.wait_for_url("**/l/own")
    await page.goto(f"/l/own/{assignment_id}")
    return page


async def _clinician(system: System, assignment_id: str) -> str:
    answer = await system.caller("coordinator").get("assignments", f"/v1/assignments/{assignment_id}")
    return str(answer.json()["clinician_id"])


async def _rate(page: Page, hand: Hand) -> None:
    """Every skill of the section that is open, then on to the next page."""
    skills = page.locator("#section-form > fieldset")
    for number in range(await skills.count()):
        skill = skills.nth(number)
        await _pick(hand, skill.get_by_role("group"), "4 Could teach it")
        await hand.choose(skill.get_by_role("combobox"), "Every week")
    await hand.press(page.get_by_role("button", name="Save and go on"))


async def test_a_clinician_rates_their_skills_by_telephone_and_a_second_person_accepts_them(
    visit: Visits, by: str
) -> None:
    hand = HANDS[by]
    assignment_id, _ = await accepted(visit.people.system)
    page = await _own_page(visit, hand, assignment_id)
    await hand.press(page.get_by_role("link", name="Fill it in: Skills checklist"))
    await hand.press(page.get_by_role("button", name="Begin the checklist"))
    await hand.press(page.get_by_role("link", name="Go on:"))

    first = page.locator("#section-form > fieldset").first
    await _pick(hand, first.get_by_role("group"), "3 Does it alone")
    await hand.press(page.get_by_role("button", name="Save and go on"))
    await expect(first.locator(".error")).to_contain_text("Choose how often you did it.")
    await expect(first.get_by_label("3 Does it alone")).to_be_checked()

    sections = int((await page.get_by_text("Section 1 of").inner_text()).rpartition(" ")[2])
    for number in range(1, sections + 1):
        await expect(page.get_by_text(f"Section {number} of {sections}")).to_be_visible()
        await _rate(page, hand)
    await hand.press(page.get_by_role("button", name="Sign the checklist"))
    await expect(page.get_by_text("You signed it.")).to_be_visible()

    reviewer = await visit(SPECIALIST, f"/assignments/{assignment_id}/skills")
    await hand.press(reviewer.locator("#skills-table tr", has_text="Waits for a review").get_by_role("link"))
    await expect(reviewer.locator("#review-form")).to_be_visible()
    await _bars_nobody(reviewer)
    await _pick(hand, reviewer.get_by_role("group", name="Does this do"), "Accept")
    await hand.fill(reviewer.get_by_label("Note"), "Read and talked through.")
    await hand.press(reviewer.get_by_role("button", name="Decide"))
    await expect(reviewer.locator("#checklist-head")).to_contain_text("Accepted")
    await reviewer.goto(f"/assignments/{assignment_id}/file/{SKILLS}")
    await expect(reviewer.locator("#item-head")).to_contain_text("Confirmed")
