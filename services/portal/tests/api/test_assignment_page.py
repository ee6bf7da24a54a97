"""The page of one assignment, its timeline and terms, and the list."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest

from portal import main
from portal.api.views.event_words import sentence
from portal.domain.entry import Entry
from portal.settings import Settings
from services.portal.tests.api.department import Department
from services.portal.tests.api.pages import Browser, Node, page_of
from services.portal.tests.builders import (
    a_blocker,
    a_change,
    a_client,
    a_clinician,
    a_completion,
    a_facility,
    a_person,
    a_statement,
    a_workstream,
    an_item,
    an_offer,
    items,
    some_terms,
)
from shared.contracts.assignments import AgreementSigned, AssignmentConfirmed
from shared.contracts.terms import PayPackage
from shared.contracts.workstreams import Action, Status
from shared.runtime.definition import Service
from shared.testing.api import Api, Issuer
from shared.testing.house import House

PAGE = "/assignments/asg_1"
HOSTILE = "<script>alert('x')</script>\"&"


@pytest.fixture
def department() -> Department:
    return Department()


@pytest.fixture
def definition(environment: dict[str, Any], department: Department) -> Service:
    return main.service(Settings(**environment), services=department.services())


@pytest.fixture
async def browser(house: House, api: Api, issuer: Issuer) -> Browser:
    await house.say(a_facility(), a_clinician(), a_client(), a_person(), an_offer())
    waits = a_blocker(code="CERT-BLS:received", owner="credentialing_specialist")
    await house.say(a_workstream(blockers=(waits,)), publisher="credentialing")
    await house.say(an_item(), publisher="credentialing")
    return Browser(api.client, issuer)


async def test_it_says_why_she_cannot_start_whose_move_it_is_and_how_to_fix_it(browser):
    page = await browser.open(PAGE)
    why = page.one("section", id="why")
    assert "The start on Mon 5 Jan 2026 can still be met." in why.text
    first, second = why.all("ol")[0].all("li")
    assert first.text.startswith("The client has not confirmed the assignment Client since")
    assert first.one("a").text == "Confirm for the client"
    assert second.text.startswith("CERT-BLS is to be verified Credentialing Credentialing · since")
    assert "due Fri 12 Dec · earliest Sat 20 Dec" in second.text
    fix = second.all("a", class_="button")[0]
    assert fix.text == "Verify"
    assert fix.get("href") == (
        "/assignments/asg_1/do?service=credentialing&path=%2Fv1%2Frequirements%2Freq_1%3Averify&method=POST"
    )
    others = [item.one("p", class_="font-medium").text for item in why.all("ol")[1].all("li")]
    assert others[0] == "The agreement is not signed"
    assert len(others) == 4


async def test_the_head_says_who_where_when_how_far_and_what_a_week_is_worth(browser):
    page = await browser.open(PAGE)
    assert page.one("h1").text == "Ines Calloway"
    text = page.one("main").text
    assert "RN ICU · Prairie Lake Hospital, ICU" in text
    assert "O-1 (demo)" in text
    assert "$3,312" in text
    assert "Credentialing Open 1 of 3 done · by Sat 20 Dec" in text
    assert "Payroll No answer yet Has not answered these terms" in text


async def test_when_nothing_is_in_the_way_it_says_so(house, browser):
    await house.say(
        AssignmentConfirmed(assignment_id="asg_1", terms_version=1),
        AgreementSigned(assignment_id="asg_1", terms_version=1, document_sha256="9f" * 32),
    )
    for name in ("credentialing", "payroll", "housing", "timekeeping"):
        await house.say(a_workstream(status=Status.READY, done=3, expected_ready_on=None), publisher=name)
    why = (await browser.open(PAGE)).one("section", id="why")
    assert "Nothing is in the way of the start on Mon 5 Jan 2026." in why.text
    assert why.all("li") == []


@pytest.mark.parametrize(
    ("role", "offered", "fix"),
    [
        ("coordinator", {"Confirm for the client", "Push the start", "Cancel before the start"}, "Verify"),
        ("recruiter", {"Push the start", "Record a signed agreement"}, "Open the item"),
        ("credentialing_specialist", set(), "Verify"),
        ("housing_specialist", set(), "Open the item"),
    ],
)
async def test_the_menu_has_what_this_role_may_do_now(browser, role, offered, fix):
    page = await browser.as_(role).open(PAGE)
    menu = {link.text for link in page.all("a", class_="menu-item")}
    assert offered <= menu
    assert ("Confirm for the client" in menu) is (role == "coordinator")
    assert "Extend" not in menu
    assert page.one("section", id="why").all("li")[1].all("a", class_="button")[0].text == fix


@pytest.mark.parametrize(
    ("role", "fix"), [("credentialing_specialist", "Open in Credentialing"), ("coordinator", "Open the item")]
)
async def test_a_part_of_a_file_that_is_not_complete_leads_to_where_its_department_shows_the_whole(
    house, browser, role, fix
):
    look = Action(name="open", method="GET", path="/v1/files/fil_1")
    await house.say(
        an_item(work_item_id="wki_2", kind="collect_credentials", actions=(look,)), publisher="credentialing"
    )
    waits = a_blocker("wki_2", code="health_incomplete", owner="clinician")
    await house.say(a_workstream(blockers=(waits,)), publisher="credentialing")
    why = (await browser.as_(role).open(PAGE)).one("section", id="why")
    (row,) = [row for row in why.all("li") if "health part" in row.text]
    link = row.one("a", class_="button")
    assert link.text == fix
    leads_to = dict(httpx.URL(str(link.get("href"))).params)
    expected = {"service": "credentialing", "path": "/v1/files/fil_1", "method": "GET"}
    assert leads_to == (expected if role == "credentialing_specialist" else {})


async def test_open_and_closed_work_stand_apart(house, browser):
    await house.say(*items(2, kind="run_check"), publisher="credentialing")
    await house.say(a_completion(work_item_id="wki_2", kind="run_check"), publisher="credentialing")
    page = await browser.open(PAGE)
    assert [row.get("id") for row in page.one("section", id="open-work").all("li")] == ["item-wki_1"]
    closed = page.one("details", id="closed-work").one("li")
    assert "Run check Credentialing Done" in closed.text


async def test_what_a_role_is_not_shown_is_not_in_the_page(browser):
    answer = await browser.as_("credentialing_specialist").get(PAGE)
    assert answer.status_code == 200
    assert "3,312" not in answer.text
    assert "Not shown to your role" in answer.text


async def test_another_teams_assignment_is_absent_everywhere(browser):
    elsewhere = replace(browser, claims={"team_facilities": ["fac_9"]})
    for path in (PAGE, f"{PAGE}/panel", f"{PAGE}/timeline", f"{PAGE}/terms", "/notes?about=assignment&id=asg_1"):
        assert (await elsewhere.get(path)).status_code == 404, path
    assert "Ines" not in (await elsewhere.get("/assignments")).text


async def test_the_timeline_tells_each_event_in_a_sentence_and_because_of_what(house, browser):
    await house.say(a_change(), a_statement(), publisher=None)
    page = await browser.open(f"{PAGE}/timeline")
    lines = [entry.one("p", class_="entry-line").text for entry in page.all("li", class_="entry")]
    said = " | ".join(lines)
    assert "brought the accepted offer: RN in ICU, Mon 5 Jan to Sun 5 Apr" in said
    assert "made terms 2 (start pushed): start date, end date, from Mon 1 Dec on" in said
    assert (
        "moved Credentialing: open, 1 of 3 done, expected ready Sat 20 Dec. Waits for: CERT-BLS is to be verified"
        in said
    )
    assert "issued the pay statement for Fri 16 Jan" in said
    assert "opened “verify license”" in said


async def test_the_timeline_is_filtered_by_service(browser):
    page = await browser.open(f"{PAGE}/timeline?service=credentialing")
    assert {entry.one("span", class_="tag").text for entry in page.all("li", class_="entry")} == {"Credentialing"}
    page = await browser.open(f"{PAGE}/timeline?service=housing")
    assert "Nothing of this service" in page.one("main").text


async def test_pages_of_the_timeline_follow_each_other(house, browser):
    await house.say(*items(*range(2, 30)), publisher="credentialing")
    pages: list[list[str]] = []
    path: str | None = f"{PAGE}/timeline?limit=7"
    while path:
        page = await browser.open(path)
        pages.append(events_on(page))
        path = turned(page, "next")
    seen = [one for events in pages for one in events]
    assert (len(seen), len(set(seen)), len(pages)) == (31, 31, 5)
    back = [pages[-1]]
    while path := turned(page, "prev"):
        page = await browser.open(path)
        back.insert(0, events_on(page))
    assert back == pages


def events_on(page: Node) -> list[str]:
    """The events of a page of the timeline, folded ones too."""
    return [str(one.get("id")) for one in page.all("li", class_="entry") if str(one.get("id")).startswith("event-")]


def turned(page: Node, way: str) -> str | None:
    """The address of the page before or after, as short as this one."""
    href = next((link.get("href") for link in page.all("a", rel=way)), None)
    return f"{href}&limit=7" if href else None


async def test_what_a_department_tells_many_times_at_once_is_one_line_that_unfolds(house, browser):
    await house.say(*items(*range(2, 16)), publisher="credentialing")
    done = [a_completion(work_item_id=f"wki_{number}") for number in range(2, 16)]
    steps = [a_workstream(done=number, total=16) for number in range(2, 16)]
    await house.say(*(one for pair in zip(done, steps, strict=True) for one in pair), publisher="credentialing")
    page = await browser.open(f"{PAGE}/timeline?limit=200")
    folds = {one.all("p", class_="entry-line")[0].text: one for one in unfolding(page)}
    assert len(folds) == 3
    completed = next(one for text, one in folds.items() if "completed 14 items: verify license" in text)
    assert completed.one("summary").text == "All 14 events"
    assert len(events_on(completed)) == 14
    assert all(str(one.one("a").get("href")).startswith(f"{PAGE}/timeline/") for one in completed.all("li"))
    assert any("moved Credentialing in 15 steps: open, 15 of 16 done" in text for text in folds)
    assert len(events_on(page)) == len(set(events_on(page))) == 3 + 14 * 3


def unfolding(page: Node) -> list[Node]:
    """The lines of the timeline that stand for many."""
    return [one for one in page.all("li", class_="entry") if str(one.get("id")).startswith("events-")]


async def test_a_sources_own_system_sees_the_timeline_and_each_event_of_its_assignments(house, browser):
    own = browser.as_("recruiter", sources=["demo"])
    page = await own.open(f"{PAGE}/timeline")
    assert len(events_on(page)) == 3
    hrefs = [str(one.one("div", class_="entry-meta").one("a").get("href")) for one in page.all("li", class_="entry")]
    stranger = browser.as_("recruiter", sources=["elsewhere"])
    assert [(await own.get(href)).status_code for href in hrefs] == [200] * 3
    assert [(await stranger.get(href)).status_code for href in hrefs] == [404] * 3


@pytest.mark.parametrize(("role", "is_shown"), [("lead", True), ("timekeeping_specialist", False)])
async def test_an_events_value_is_shown_as_far_as_the_role_is_shown_it(browser, role, is_shown):
    page = await browser.as_(role).open(f"{PAGE}/timeline?service=assignments")
    href = page.one("li", class_="entry").one("div", class_="entry-meta").one("a").get("href")
    answer = await browser.as_(role).get(str(href))
    value = json.loads(page_of(answer).one("pre").text)
    assert value["terms"]["unit"] == "ICU"
    assert ("92.00" in answer.text, "38.00" in answer.text) == (is_shown, is_shown)


async def test_an_event_is_headed_by_its_name_and_tells_instants_by_the_facilitys_clocks(house, browser):
    page = await browser.open(f"{PAGE}/timeline?service=credentialing")
    entry = next(one for one in page.all("li", class_="entry") if "Waits for" in one.text)
    page = await browser.open(str(entry.one("div", class_="entry-meta").one("a").get("href")))
    assert page.one("h1").text == "Department's standing changed"
    assert "moved Credentialing" in page.one("header", class_="page-head").one("p").text
    [blocker] = json.loads(page.one("pre").text)["blockers"]
    assert (blocker["since"], blocker["due"]) == ("Mon 1 Dec 2025, 09:00:00 CST", "2025-12-12")


def test_somebody_waits_until_a_day_of_the_facility():
    payload = {"kind": "verify_license", "owner_id": "per_1", "snoozed_until": "2026-01-06T02:00:00Z"}
    entry = Entry(type="work_item.assigned", key="wki_1", aggregate_version=1)
    told = sentence(entry, payload, {"per_1": "Cora"}, zone=ZoneInfo("America/Chicago"))
    assert told == "gave “verify license” to Cora, to wait until Mon 5 Jan"


async def test_an_event_of_another_assignment_is_not_found(house, browser):
    await house.say(an_offer(assignment_id="asg_2", source_reference="O-2"))
    page = await browser.open(f"{PAGE}/timeline?service=assignments")
    href = str(page.one("li", class_="entry").one("div", class_="entry-meta").one("a").get("href"))
    assert (await browser.get(href.replace("asg_1", "asg_2"))).status_code == 404


async def test_versions_of_the_terms_stand_side_by_side_with_what_changed(house, browser):
    pay = PayPackage(hourly_rates={"REG": Decimal("41.50")})
    await house.say(a_change(replace(some_terms(), version=2, unit="Step-down 2", pay_package=pay), changed=("unit",)))
    page = await browser.open(f"{PAGE}/terms")
    table = page.one("table", id="terms")
    rows = {row.one("th").text: [cell.text for cell in row.all("td")] for row in table.one("tbody").all("tr")}
    assert rows["Unit"] == ["Step-down 2 (changed)", "ICU"]
    assert rows["Pay an hour"] == ["REG $41.50 (changed)", "REG $38.00"]
    assert rows["Start"] == ["Mon 5 Jan 2026", "Mon 5 Jan 2026"]
    answer = await browser.as_("credentialing_specialist").get(f"{PAGE}/terms")
    assert "41.50" not in answer.text
    assert "92.00" not in answer.text


async def test_what_is_signed_is_asked_of_assignments_and_its_silence_is_named(browser, department):
    page = await browser.open(f"{PAGE}/terms")
    assert "No agreement is filed." in page.one("section", id="agreement").text
    department.hangs = True
    assert department.asked[-1]["read"] == "asg_1"


async def test_hostile_names_are_text(house, browser):
    await house.say(a_clinician(name=HOSTILE), a_facility(name=HOSTILE))
    for path in (PAGE, f"{PAGE}/timeline", f"{PAGE}/terms", "/assignments"):
        answer = await browser.get(path)
        assert answer.status_code == 200
        assert "<script>alert" not in answer.text
    assert HOSTILE in (await browser.open(PAGE)).one("h1").text


async def a_few(house: House) -> None:
    """Beside asg_1: one a week later at another facility, and one that is over."""
    await house.say(
        a_facility(facility_id="fac_2", name="Cedar Falls Clinic"),
        a_clinician(clinician_id="cln_2", name="Jon Abara"),
        an_offer(
            assignment_id="asg_2",
            source_reference="O-77",
            clinician_id="cln_2",
            terms=some_terms(facility_id="fac_2", start_date=date(2026, 1, 12)),
        ),
    )


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["asg_1", "asg_2"]),
        ("?facility=fac_2", ["asg_2"]),
        ("?client=cli_1", ["asg_1", "asg_2"]),
        ("?state=onboarding", []),
        ("?state=accepted", ["asg_1", "asg_2"]),
        ("?week=2026-01-12", ["asg_2"]),
        ("?risk=on_track&state=", ["asg_1", "asg_2"]),
        ("?q=abara", ["asg_2"]),
        ("?q=O-77", ["asg_2"]),
        ("?q=%25", []),
        ("?limit=1", ["asg_1"]),
    ],
)
async def test_the_list_is_searched_and_filtered(house, browser, query, found):
    await a_few(house)
    page = await browser.open(f"/assignments{query}")
    assert [row.get("data-live-id") for row in page.all("tr") if row.get("data-live-id")] == found
    assert bool(found) or "No assignment fits these filters" in page.one("main").text


async def test_where_names_are_not_shown_nothing_is_found_by_them(house, browser):
    await a_few(house)
    hidden = browser.as_("virtual_specialist")
    assert (await hidden.get("/assignments?q=abara")).status_code == 403
    rows = (await browser.open("/assignments/rows?ids=asg_2,asg_9", is_htmx=True)).all("tr")
    assert [row.get("data-live-id") for row in rows] == ["asg_2"]


async def test_pages_of_the_list_lead_on_and_back(house, browser):
    await a_few(house)
    first = await browser.open("/assignments?client=cli_1&limit=1")
    assert [link.text for link in first.one("nav", class_="pagination").all("a")] == ["Next"]
    second = await browser.open(f"{first.one('a', rel='next').get('href')}&limit=1")
    assert [link.text for link in second.one("nav", class_="pagination").all("a")] == ["Previous"]
    back = await browser.open(f"{second.one('a', rel='prev').get('href')}&limit=1")
    shown = [[row.get("data-live-id") for row in page.all("tr")[1:]] for page in (first, second, back)]
    assert shown == [["asg_1"], ["asg_2"], ["asg_1"]]
    assert back.all("a", rel="prev") == []


async def test_the_list_comes_as_a_file(house, browser):
    await a_few(house)
    answer = await browser.get("/assignments?facility=fac_2&format=csv")
    head, row = answer.text.lstrip("\ufeff").splitlines()
    assert head.startswith("Assignment,Clinician,Facility")
    assert row.startswith("asg_2,Jon Abara,Cedar Falls Clinic,ICU,Prairie Health Partners,demo,O-77,RN,Accepted")
    assert ",3312.00," in row
    masked = await browser.as_("credentialing_specialist").get("/assignments?facility=fac_2&format=csv")
    assert "3312" not in masked.text


async def test_an_unknown_parameter_is_refused(browser):
    assert (await browser.get("/assignments?stat=accepted")).status_code == 422
