"""The pages about people outside and skills: what they show is asked for and begun here, over the demo's data."""

from dataclasses import dataclass
from typing import Any

from playwright.async_api import Page

from tests.system import System

SPECIALIST = "credentialing_specialist"
ASKED = {"kind": "supervisor", "name": "Rosa Keller", "email": "rosa.keller@example.org"}
CLAIMED = "Staff nurse, March 2021 to August 2023"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outsiders:
    """A request with the secret of its link, and a checklist that is being filled in."""

    request_id: str
    secret: str
    checklist_id: str


async def outsiders(system: System, assignment: dict[str, Any]) -> Outsiders:
    """Asks a referee of the assignment's clinician, and begins a checklist for its unit. Fails when that is refused."""
    caller = system.caller(SPECIALIST)
    clinician = f"/v1/clinicians/{assignment['clinician_id']}"
    asked = await caller.post("credentialing", f"{clinician}/outside-requests", {**ASKED, "claimed": CLAIMED})
    assert asked.status_code == 201, asked.text
    terms = assignment["terms"]
    begun = {"unit": terms["unit"], "form": terms["specialty"], "ratings": await _first_section(system)}
    checklist = await caller.post("credentialing", f"{clinician}/checklists", begun)
    assert checklist.is_success, checklist.text
    request = asked.json()
    return Outsiders(
        request_id=request["request_id"], secret=request["secret"], checklist_id=checklist.json()["checklist_id"]
    )


async def begin_skills(page: Page) -> None:
    """From a clinician's own page to their checklist, which is being filled in."""
    await page.get_by_role("link", name="Fill it in: Skills checklist").first.click()
    await page.get_by_role("heading", name="Skills checklist").wait_for()
    if begin := await page.get_by_role("button", name="Begin the checklist").all():
        await begin[0].click()
    await page.locator("#sections").wait_for()


async def open_section(page: Page) -> None:
    """The first section of the checklist."""
    await begin_skills(page)
    await page.locator("#sections a").first.click()
    await page.locator("#section-form").wait_for()


async def see_what_is_asked(page: Page) -> None:
    """What somebody outside is asked."""
    await page.locator("#outside").wait_for()


async def _first_section(system: System) -> list[dict[str, Any]]:
    """Ratings of what all forms begin with."""
    forms = (await system.caller(SPECIALIST).get("credentialing", "/v1/skills-forms")).json()["items"]
    skills = forms[0]["sections"][0]["skills"]
    return [
        {"skill_id": one["skill_id"], "rating": 2 if number == 1 else 4, "frequency": "monthly"}
        for number, one in enumerate(skills)
    ]
