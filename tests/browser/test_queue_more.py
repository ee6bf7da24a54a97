"""Around the queue: views that are kept, lists as files, what is taken back, own tasks, and the page of who follows."""

import csv
import io
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from shared.ids import new_id
from tests.browser.hands import HANDS, Hand
from tests.browser.offers import accepted, open_items, owner_of
from tests.browser.people import NARROW, Visits
from tests.journeys.directory import today

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.parametrize("by", HANDS)]


async def test_filters_are_kept_under_a_name_opened_again_and_dropped(visit: Visits, by: str) -> None:
    hand, name = HANDS[by], f"Housing {new_id('v')[-8:]}"
    page = await visit("coordinator", "/work?owner=anyone&department=housing")
    await hand.press(page.get_by_role("link", name="Keep this view"))
    await hand.press(page.get_by_role("button", name="Keep", exact=True))
    await expect(page.locator("#f-name:invalid")).to_have_count(1)
    await hand.fill(page.locator("#f-name"), name)
    await hand.press(page.get_by_role("button", name="Keep", exact=True))
    tab = page.locator("#work-views").get_by_role("link", name=name)
    await expect(tab).to_have_attribute("aria-current", "page")

    await page.goto("/work")
    await hand.press(tab)
    await page.wait_for_url("**department=housing**")
    await expect(page.get_by_role("group", name="Filters in force")).to_contain_text("Housing")
    await hand.press(page.locator("#work-views").get_by_role("link", name="Views", exact=True))
    kept = page.locator("#views tr").filter(has_text=name)
    await hand.press(kept.get_by_role("button", name="Drop"))
    await expect(kept).to_have_count(0)


async def test_the_list_that_is_shown_comes_as_a_file(visit: Visits, by: str) -> None:
    hand, system = HANDS[by], visit.people.system
    assignment_id, name = await accepted(system)
    items = await open_items(system, assignment_id, "payroll")  # no source answers these meanwhile
    page = await visit("coordinator", f"/work?owner=anyone&department=payroll&q={assignment_id}")
    rows = list(csv.DictReader(io.StringIO((await _downloaded(page, hand, "CSV")).read_text("utf-8-sig"))))
    assert sorted(row["Work item"] for row in rows) == sorted(items)
    assert {row["Clinician"] for row in rows} == {name}

    with zipfile.ZipFile(await _downloaded(page, hand, "Excel")) as book:
        sheets = [one for one in book.namelist() if one.startswith("xl/worksheets/sheet")]
        rows_of_it = book.read(sheets[0]).decode()
    assert len(sheets) == 1
    assert [item for item in items if item not in rows_of_it] == []


async def test_what_was_taken_is_put_back_by_one_button(visit: Visits, by: str) -> None:
    hand, system = HANDS[by], visit.people.system
    assignment_id, _ = await accepted(system)
    [item, *_] = await open_items(system, assignment_id, "housing")
    page = await visit("coordinator", f"/work?owner=anyone&q={assignment_id}")
    await hand.press(page.locator(f"#item-{item} a[data-drawer-link]").first)
    drawer = page.locator("#drawer")
    await hand.press(drawer.get_by_role("button", name="Take"))
    toast = page.locator("#toasts [data-toast]").filter(has_text="It is yours.")
    await expect(toast).to_be_visible()
    assert await owner_of(system, item) is not None
    await hand.press(toast.get_by_role("button", name="Undo"))
    await expect(drawer.locator("#item-standing")).to_contain_text("Nobody")
    await expect(page.locator(f"#item-{item} .person")).to_have_count(0)
    await expect(toast).to_have_count(0)
    assert await owner_of(system, item) is None


async def test_a_task_is_written_for_somebody_done_and_opened_again(visit: Visits, by: str) -> None:
    hand, system = HANDS[by], visit.people.system
    assignment_id, _ = await accepted(system)
    title = f"Ask for the parking permit {new_id('t')[-6:]}"
    page = await visit("coordinator", f"/assignments/{assignment_id}")
    await hand.press(page.locator("#open-work").get_by_role("link", name="New task"))
    form = page.locator("#drawer")
    await hand.fill(form.get_by_label("What is to be done"), title)
    await hand.fill(form.get_by_label("Due on"), (today() + timedelta(days=5)).isoformat())
    await hand.choose(form.get_by_label("Whose work it is"), "Housing specialists")
    await hand.choose(form.get_by_label("Who does it"), "Hedda Lodge")
    await hand.press(form.get_by_role("button", name="Open the task"))
    await page.wait_for_url("**/work/wki_*")

    other = await visit("housing_specialist", f"/work?q={assignment_id}")
    await hand.press(other.locator("tr[data-row]").filter(has_text=title).locator("a[data-drawer-link]").first)
    drawer = other.locator("#drawer")
    await hand.press(drawer.get_by_role("button", name="Done"))
    await expect(drawer.locator("#item-standing")).to_contain_text("Done")
    await hand.press(drawer.get_by_role("button", name="Open it again"))
    await expect(drawer.locator("#item-standing")).not_to_contain_text("Done")
    await expect(page.locator("#item-standing")).to_contain_text("Hedda Lodge")


async def test_who_follows_an_assignment_sees_how_far_it_is_and_no_name(visit: Visits, by: str) -> None:
    hand, system = HANDS[by], visit.people.system
    assignment_id, name = await accepted(system)
    wanted = {"for": "status_reader", "assignment_id": assignment_id, "purpose": "follow_start"}
    made = await system.caller("coordinator").post("identity", "/v1/links", wanted)
    assert made.status_code == 201, made.text
    page = await visit(None, "/l", viewport=NARROW)
    await hand.fill(page.get_by_label("Link"), f"{visit.people.portal}/l#{made.json()['token']}")
    await hand.press(page.get_by_role("button", name="Open"))
    await expect(page.get_by_role("heading", name="Status")).to_be_visible()
    status = page.locator("#status-1")
    await expect(status).to_contain_text("Accepted")
    await expect(status).to_contain_text("What it waits for")
    for department in ("Credentialing", "Payroll", "Housing", "Timekeeping"):
        await expect(status).to_contain_text(department)
    shown = await page.locator("body").inner_text()
    assert name not in shown and "$" not in shown
    answer = await page.goto(f"/assignments/{assignment_id}")
    assert answer is not None and page.url.startswith(system.urls["identity"]), "the rest asks who this is"


async def _downloaded(page: Page, hand: Hand, name: str) -> Path:
    """The file behind one line of the menu of exports."""
    menu = page.locator("details").filter(has=page.get_by_text("Export", exact=True))
    if not await menu.get_by_role("link", name=name).is_visible():
        await hand.press(menu.locator("summary"))
    async with page.expect_download() as coming:
        await hand.press(menu.get_by_role("link", name=name))
    return Path(await (await coming.value).path())
