"""Every page of the portal, by name: whom it is for, and how to bring it into the state that is to be looked at."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from playwright.async_api import Page, expect

from firstshift.demo_rows import SOURCE
from tests.browser.desk_work import Desk, desk, open_audit, open_sample
from tests.browser.outsiders import Outsiders, begin_skills, open_section, outsiders, see_what_is_asked
from tests.system import System

Act = Callable[[Page], Awaitable[None]]
STUCK, PUSHED = "O-5009", "O-5023"
"""Assignments of the demo: one that cannot start yet, and one whose start was pushed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One page in one state."""

    name: str
    path: str
    role: str | None = "coordinator"
    act: Act | None = None

    async def show(self, page: Page) -> None:
        """Opens it and waits until nothing moves any more."""
        await page.goto(self.path)
        if self.act is not None:
            await self.act(page)
        await settle(page)


async def settle(page: Page) -> None:
    """Until what was asked for is there: the page's parts, and htmx's."""
    await page.wait_for_load_state("load")
    await expect(page.locator(".htmx-request")).to_have_count(0)
    await page.evaluate("document.fonts.ready.then(() => new Promise(next => requestAnimationFrame(() => next())))")


async def open_palette(page: Page) -> None:
    """Asks the palette for a few letters."""
    await page.keyboard.press("Control+k")
    await page.get_by_role("combobox", name="Search").fill("tobias")
    await page.get_by_role("option").filter(has_text="Tobias").first.wait_for()


async def open_shortcuts(page: Page) -> None:
    """The sheet of all keys."""
    await page.keyboard.press("?")
    await page.get_by_role("dialog").first.wait_for()


async def open_first_item(page: Page) -> None:
    """The first row's drawer, beside the queue."""
    await page.locator("tr[data-row] a[data-drawer-link]").first.click()
    await page.locator("#drawer [data-drawer]").wait_for()


async def open_first_event(page: Page) -> None:
    """An event of the timeline with what led to it and what it says."""
    await page.get_by_role("link", name="Event").first.click()
    await page.get_by_role("heading", name="Event", exact=True).wait_for()


async def see_what_is_left(page: Page) -> None:
    """What a clinician sees who came by a link."""
    await page.get_by_role("heading", name="What is left for you").wait_for()


async def places(system: System) -> tuple[Place, ...]:
    """All of them, over the demo's data."""
    stuck, pushed = [await _assignment(system, reference) for reference in (STUCK, PUSHED)]
    item = await _item(system, stuck["assignment_id"])
    one = f"/assignments/{stuck['assignment_id']}"
    own = await _link(system, stuck["clinician_id"])
    return (
        *_work(item),
        *_assignments(one, pushed),
        *_outside(one, await outsiders(system, stuck), own),
        *_desk(one, await desk(system, stuck), stuck["clinician_id"]),
        *_directory(stuck),
        Place(name="board", path="/board"),
        Place(name="board-by-state", path="/board?by=state"),
        Place(name="funnel", path="/funnel"),
        Place(name="funnel-rows", path="/funnel/rows?stage=accepted"),
        Place(name="parked", path="/parked", role="operator"),
        Place(name="me", path="/me"),
        Place(name="mentions", path="/me/mentions"),
        Place(name="search", path="/search?q=tobias"),
        Place(name="palette", path="/work", act=open_palette),
        Place(name="shortcuts", path="/work", act=open_shortcuts),
        Place(name="design", path="/design", role=None),
        Place(name="link", path="/l", role=None),
        Place(name="own", path=own, role=None, act=see_what_is_left),
        Place(name="not-found", path="/assignments/asg_none"),
        Place(name="signed-out", path="/signed-out", role=None),
    )


def _work(item: str) -> tuple[Place, ...]:
    return (
        Place(name="queue", path="/work"),
        Place(name="queue-drawer", path="/work", act=open_first_item),
        Place(name="queue-filters", path="/work/filters"),
        Place(name="queue-filtered-out", path="/work?q=nobodyhasthisname"),
        Place(name="queue-specialist", path="/work", role="credentialing_specialist"),
        Place(name="queue-views", path="/views?page=work"),
        Place(name="work-item", path=f"/work/{item}"),
        Place(name="task-new", path="/tasks/new"),
    )


def _assignments(one: str, pushed: dict[str, Any]) -> tuple[Place, ...]:
    other = f"/assignments/{pushed['assignment_id']}"
    push = quote(f"/v1{other}:push-start", safe="")
    return (
        Place(name="assignments", path="/assignments"),
        Place(name="assignment", path=one),
        Place(name="assignment-timeline", path=f"{one}/timeline"),
        Place(name="assignment-event", path=f"{one}/timeline", act=open_first_event),
        Place(name="assignment-terms", path=f"{other}/terms"),
        Place(name="file", path=f"{other}/file"),
        Place(name="file-specialist", path=f"{other}/file", role="credentialing_specialist"),
        Place(name="file-item", path=f"{other}/file/CERT-BLS", role="credentialing_specialist"),
        Place(name="packets", path=f"{one}/packets", role="credentialing_specialist"),
        Place(name="documents", path=f"{one}/documents", role="credentialing_specialist"),
        Place(name="push-start", path=f"{other}/do?service=assignments&path={push}"),
    )


def _outside(one: str, found: Outsiders, own: str) -> tuple[Place, ...]:
    specialist = "credentialing_specialist"
    return (
        Place(name="references", path=f"{one}/references", role=specialist),
        Place(name="reference", path=f"{one}/references/{found.request_id}", role=specialist),
        Place(name="skills", path=f"{one}/skills", role=specialist),
        Place(name="checklist", path=f"{one}/skills/{found.checklist_id}", role=specialist),
        Place(name="outside", path=f"/l/outside#{found.secret}", role=None, act=see_what_is_asked),
        Place(name="outside-link", path="/l/outside", role=None),
        Place(name="outside-thanks", path="/l/outside/thanks", role=None),
        Place(name="own-skills", path=own, role=None, act=begin_skills),
        Place(name="own-section", path=own, role=None, act=open_section),
    )


def _desk(one: str, found: Desk, clinician_id: str) -> tuple[Place, ...]:
    lead, measures = "lead", f"/credentialing/measures?month={found.month}"
    return (
        Place(name="measures", path=measures, role=lead),
        Place(name="sample", path=measures, role=lead, act=open_sample),
        Place(name="audit", path=measures, role=lead, act=open_audit),
        Place(name="adverse-actions", path="/credentialing/adverse", role=lead),
        Place(name="adverse-action", path=f"/credentialing/adverse/{found.action_id}", role=lead),
        Place(name="assignment-adverse", path=f"{one}/adverse", role=lead),
        Place(name="profile", path=f"/clinicians/{clinician_id}/profile", role=lead),
        Place(name="sources", path="/credentialing/sources", role=lead),
    )


def _directory(stuck: dict[str, Any]) -> tuple[Place, ...]:
    return (
        Place(name="clinicians", path="/clinicians"),
        Place(name="clinician", path=f"/clinicians/{stuck['clinician_id']}"),
        Place(name="expiring", path="/credentialing?days=180", role="credentialing_specialist"),
        Place(name="exclusions", path="/credentialing/exclusions", role="credentialing_specialist"),
        Place(name="rules", path="/credentialing/rules", role="credentialing_specialist"),
        Place(name="rule", path="/credentialing/rules/new", role="lead"),
        Place(name="facilities", path="/facilities"),
        Place(name="facility", path=f"/facilities/{stuck['facility_id']}"),
        Place(name="notes", path=f"/notes?about=clinician&id={stuck['clinician_id']}"),
    )


async def _assignment(system: System, reference: str) -> dict[str, Any]:
    query = f"/v1/assignments?source={SOURCE}&source_reference={reference}"
    [found] = (await system.caller("coordinator").get("assignments", query)).json()["items"]
    whole: dict[str, Any] = (
        await system.caller("coordinator").get("assignments", f"/v1/assignments/{found['assignment_id']}")
    ).json()
    return whole


async def _link(system: System, clinician_id: str) -> str:
    wanted = {"for": "clinician", "clinician_id": clinician_id, "purpose": "see_assignment"}
    answer = await system.caller("coordinator").post("identity", "/v1/links", wanted)
    return f"/l#{answer.json()['token']}"


async def _item(system: System, assignment_id: str) -> str:
    statement = "SELECT work_item_id FROM queue_item WHERE assignment_id = $1 AND is_open ORDER BY rank_at LIMIT 1"
    [row] = await system.rows("portal", statement, assignment_id)
    return str(row["work_item_id"])
