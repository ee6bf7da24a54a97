"""From the accepted offer to the lapse that blocks shifts, in the browser, and what a rule would change before it is.

In systems of its own: their clocks move. Two papers and three orders go through the pages; the twenty items that are
left come in by the API, for a person does nothing with them that was not done with the two.
"""

import asyncio
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from playwright.async_api import Browser, expect

from shared.ids import new_id
from tests.browser.credential_story import CARD, Story
from tests.browser.hands import HANDS
from tests.browser.offers import until_known
from tests.browser.people import People, Visits
from tests.journeys import exclusion_lists as lists
from tests.journeys.accounts import open_accounts
from tests.journeys.assignment import command
from tests.journeys.credentialing_desk import (
    ORDERED,
    PATIENCE_SECONDS,
    Desk,
    business_day,
    facility,
    known,
    offered,
    shifts_blocked,
    written,
)
from tests.journeys.department_work import LISTS
from tests.journeys.directory import fill_directory
from tests.journeys.papers import a_pdf
from tests.system import System, eventually, running_system

pytestmark = pytest.mark.asyncio(loop_scope="session")

HELD = ("CERT-ACLS", "IMM-MMR")
CARD_DAYS = 730
"""A life support card is good for two years."""
LEFT_DAYS = 40
"""So long the first card still is: beyond the start, not to the end."""
NAMES = {"mouse": "Wilhelmina Tarrow", "keyboard": "Octavia Lindwell"}
PATIENCE_MS = PATIENCE_SECONDS * 1000


@pytest.fixture(scope="module", params=HANDS)
def by(request: pytest.FixtureRequest) -> str:
    """Each hand in a system of its own: the calendar of the simulated vendor does not travel with the clock."""
    return str(request.param)


@pytest.fixture(scope="module")
def system(by: str) -> Iterator[System]:
    """A system in test mode that no other module uses, with its people and this month's exclusion lists."""
    with running_system("--test-mode") as system:
        asyncio.run(_prepare(system))
        yield system


@pytest.fixture(scope="module")
def people(browser: Browser, system: System) -> People:
    """Everybody who has an account there."""
    return People(browser, system)


async def _prepare(system: System) -> None:
    await open_accounts(system)
    await fill_directory(system)
    day = await business_day(system)
    for name, content in (("leie", lists.leie()), ("sam", lists.sam()), ("state-co", lists.of_state())):
        await lists.load(system, name, content, posted_on=day)


async def test_a_lead_sees_what_a_rule_would_change_before_it_is_written(visit: Visits, by: str) -> None:
    hand, system = HANDS[by], visit.people.system
    desk = await offered(
        system, await known(system, f"R-{by}", name="Odalys Fenwick", email=f"odalys-{by}@example.org")
    )
    await until_known(system, desk.assignment_id)
    day = (await business_day(system)).isoformat()
    page = await visit("lead", "/credentialing/rules")
    await hand.press(page.get_by_role("link", name="New rule"))
    title = f"Colour vision, {by} {new_id('r')[-6:]}"
    await hand.fill(page.get_by_label("What it is called"), title)
    await hand.fill(page.get_by_label("Source", exact=True), "letter of the client")
    await hand.fill(page.locator("#f-require"), "HLTH-COLOR must_cover=soon")
    await hand.fill(page.get_by_label("First day"), day)
    await hand.press(page.get_by_role("button", name="Show what it would change"))
    await expect(page.locator("#f-require-error")).to_contain_text("HLTH-COLOR")

    await hand.fill(page.locator("#f-require"), "HLTH-COLOR must_cover=start")
    await hand.press(page.get_by_role("button", name="Show what it would change"))
    await expect(page.locator("#effects")).to_contain_text("Asked in addition")
    await expect(page.locator("#effects")).to_contain_text("Odalys Fenwick")
    await expect(page.get_by_label("What it is called")).to_have_value(title)
    assert "HLTH-COLOR" not in str(await desk.file()), "nothing is written by looking"


async def test_from_the_offer_to_the_lapse_that_blocks_shifts(visit: Visits, by: str) -> None:
    """INVARIANT: whoever looks sees the clearance that is, and nobody sees a shift as covered that is not.

    What breaks it: a page that shows what was decided before a paper, a source, a push or a lapse changed it.
    """
    story = await _accepted(visit, by)
    await _see_what_is_asked(story, NAMES[by])
    await _bring_two_papers(story)
    await _ask_sources(story)
    await _be_cleared(story)
    await _push_the_start(story)
    await _start_and_extend(story)
    await _lapse(story)
    await _renew(story)


async def _accepted(visit: Visits, by: str) -> Story:
    """The offer, after another one to the same nurse that fell through when two things were held already."""
    system, day = visit.people.system, await business_day(visit.people.system)
    nurse = await known(system, f"B-{by}", name=NAMES[by], email=f"{by}@example.org")
    place = await facility(system, f"FB-{by}", f"Lantern Hill {by}")
    earlier = await offered(system, nurse, in_days=20, facility_reference=place)
    await earlier.bring(HELD[0], issued_on=(day - timedelta(days=CARD_DAYS - 170)).isoformat())
    await earlier.bring(HELD[1])
    await command(system, earlier.assignment_id, "cancel", reason="low census")
    rule = {
        "level": "facility",
        "title": "Lantern Hill: basic life support is renewed on the way",
        "source": "contract of Lantern Hill, exhibit B",
        "when": {"facility": [(await earlier.file())["facility_id"]]},
        "require": {CARD: {"mode": "renew_by"}},
        "effective_from": day.isoformat(),
    }
    await written(system, f"/v1/rules/lantern-hill-{by}", rule)
    desk = await offered(system, nurse, facility_reference=place)
    await until_known(system, desk.assignment_id)
    specialist = await visit("credentialing_specialist", f"/assignments/{desk.assignment_id}/file")
    coordinator = await visit("coordinator", f"/assignments/{desk.assignment_id}/file")
    return Story(hand=HANDS[by], desk=desk, specialist=specialist, coordinator=coordinator)


async def _see_what_is_asked(story: Story, name: str) -> None:
    """What is in the way, whose move it is, how soon it can be done; what was held before is held."""
    hand, page = story.hand, story.specialist
    why = page.locator("#why-not")
    await expect(why).to_contain_text(f"Why is {name} not clear yet?")
    for code in (CARD, "LIC-RN"):
        await expect(why.locator(f"#blocker-{code}")).to_contain_text("Clinician")
        await expect(why.locator(f"#blocker-{code}")).to_contain_text("earliest")
    await expect(page.locator("#forecast")).to_contain_text("Before the start")
    for code in HELD:
        await expect(page.locator(f"#item-{code}")).to_contain_text("Confirmed")
        await expect(why.locator(f"#blocker-{code}")).to_have_count(0)
    await hand.press(page.locator(f"#item-{CARD} a"))
    for rule in ("agency-life-support", "lantern-hill"):
        await expect(page.locator("#requirement")).to_contain_text(rule)


async def _bring_two_papers(story: Story) -> None:
    """A card is uploaded, read, recorded and confirmed; a licence is recorded, and its register is asked."""
    hand, page, day = story.hand, story.specialist, await business_day(story.desk.system)
    await story.bring_card(issued_on=day - timedelta(days=CARD_DAYS - LEFT_DAYS))

    await story.upload("LIC-RN", a_pdf("Registered Nurse", f"Paper of {story.desk.assignment_id}"))
    await hand.fill(page.locator("#record [name=number]"), "RN.1234577")
    await hand.fill(page.locator("#record [name=issued_on]"), "2024-01-05")
    await hand.fill(page.locator("#record [name=expires_on]"), (day + timedelta(days=300)).isoformat())
    await hand.press(page.get_by_role("button", name="Record it"))
    await expect(page.locator("#item-head")).to_contain_text("To be confirmed")

    async def questions() -> str:
        await page.reload()
        return await page.locator("#results").inner_text()

    await eventually(questions, lambda text: "Asked, not answered yet" in text, seconds=PATIENCE_SECONDS)
    await story.do(page.get_by_role("link", name="Ask its source"))
    await expect(page.locator("#item-LIC-RN")).to_contain_text("Confirmed", timeout=PATIENCE_MS)


async def _ask_sources(story: Story) -> None:
    """The vendor is asked for what it is ordered for; its answers appear on the open page by themselves."""
    page = story.specialist
    await story.desk.bring_all(but=["LIC-RN", CARD, *ORDERED])
    for code in ORDERED:
        await story.ask(code)
    for code in (*ORDERED, *LISTS):
        await expect(page.locator(f"#item-{code}")).to_contain_text("Confirmed", timeout=PATIENCE_MS)
    await story.hand.press(page.locator(f"#item-{ORDERED[0]} a"))
    await expect(page.locator("#results")).to_contain_text("Background vendor")


async def _be_cleared(story: Story) -> None:
    """Form I-9 may follow; the shifts after its deadline are blocked until it is there, which both pages say."""
    desk, page = story.desk, story.coordinator
    await desk.until_cleared()
    await story.specialist.goto(story.file)
    await expect(story.specialist.locator("#blocker-EMP-I9")).to_contain_text("blocks shifts from")
    await story.until_blocked(await _blocks_from(desk, "EMP-I9"))
    for code in ("EMP-I9", "EMP-EV"):
        await desk.bring(code)
    ends = await _blocks_from(desk, CARD)
    await expect(story.specialist.locator("#blocker-EMP-I9")).to_have_count(0)
    await expect(story.specialist.locator("#why-not")).to_contain_text(f"Cleared through {_before(ends)}")
    await expect(story.specialist.locator("#decisions")).to_contain_text("Granted")
    await story.until_blocked(ends)

    await page.goto(story.assignment)
    await story.do(page.locator("#why").get_by_role("link", name="Confirm for the client"))
    await expect(page.locator("[data-department=credentialing].stat")).to_contain_text("Ready")
    await expect(page.locator("#assignment-head")).to_contain_text("Cleared")


async def _push_the_start(story: Story) -> None:
    """The start moves out of the window of the drug screen, after a look at what it means; a new one is brought."""
    desk = story.desk
    start = await business_day(desk.system) + timedelta(days=31)
    await story.change_terms("Push the start", new_start=start)
    await desk.until_terms(2)

    page = story.specialist
    await page.goto(story.file)
    await expect(page.locator("#blocker-DRUG-10")).to_contain_text("Older than its window before the start")
    await expect(page.locator("#decisions li").first).to_contain_text("Terms changed")
    _travel(desk.system, "3d")
    await desk.bring("DRUG-10")  # the simulated vendor's calendar stays at today: its screen would be as old again
    await expect(page.locator("#item-DRUG-10")).to_contain_text("Confirmed", timeout=PATIENCE_MS)
    await expect(page.locator("#why-not")).to_contain_text("Cleared through")


async def _start_and_extend(story: Story) -> None:
    """The nurse arrives, and stays longer than a card that was held: it blocks shifts from its own day."""
    hand, desk, page = story.hand, story.desk, story.coordinator
    file = await desk.file()
    start = date.fromisoformat(file["start_date"])
    _travel(desk.system, f"{(start - await business_day(desk.system)).days}d")
    await story.open_menu("Confirm the arrival")
    await hand.fill(page.locator("#command [name=started_on]"), start.isoformat())
    await story.send(page)
    await expect(page.locator("#assignment-head")).to_contain_text("Active")

    await story.change_terms("Extend", new_end=date.fromisoformat(file["end_date"]) + timedelta(days=80))
    await desk.until_terms(3)
    await story.specialist.goto(story.file)
    await expect(story.specialist.locator(f"#blocker-{HELD[0]}")).to_contain_text("blocks shifts from")
    await expect(story.specialist.locator("#why-not")).to_contain_text("Cleared through")


async def _lapse(story: Story) -> None:
    """The card runs out: the open page loses the clearance by itself, and the shifts that it blocks are named."""
    desk, page = story.desk, story.coordinator
    ends = await _blocks_from(desk, CARD)
    _travel(desk.system, (ends + timedelta(days=9)).isoformat())
    await desk.until_cleared(False)
    await expect(story.specialist.locator("#decisions li").first).to_contain_text("Credential lapsed")
    await expect(story.specialist.locator("#why-not")).not_to_contain_text("Cleared through")
    blocked = await shifts_blocked(desk.system, desk.assignment_id, through=None)
    today = await business_day(desk.system)
    coming = [one for one in blocked if one["work_date"] >= today.isoformat()]
    assert await story.until_blocked(today) == len(coming) > 1
    await story.specialist.goto(story.file)
    await expect(story.specialist.locator("#blocked-shifts .card-note")).to_have_text(str(len(coming)))
    await page.goto(story.assignment)
    await expect(page.locator("#why")).to_contain_text("Works without a valid clearance")


async def _renew(story: Story) -> None:
    """A new card is read and confirmed: shifts are blocked again only from where the next one runs out."""
    ends = await _blocks_from(story.desk, HELD[0])
    await story.bring_card(issued_on=await business_day(story.desk.system))
    await expect(story.specialist.locator("#why-not")).to_contain_text(f"Cleared through {_before(ends)}")
    await story.until_blocked(ends)
    await story.coordinator.goto(story.assignment)
    await expect(story.coordinator.locator("#why")).to_contain_text("Nothing is in the way")


async def _blocks_from(desk: Desk, code: str) -> date:
    """The first work date that an item which runs out on the way does not cover."""
    return date.fromisoformat((await desk.item(code))["blocks_shifts_from"])


def _before(day: date) -> str:
    """The day before it, as pages write it."""
    return f"{day - timedelta(days=1):%a %-d %b %Y}"


def _travel(system: System, how_far: str) -> None:
    moved = system.command("clock", "advance", how_far)
    assert moved.returncode == 0, moved.stderr
