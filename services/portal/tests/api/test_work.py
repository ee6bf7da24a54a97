"""The queue as people see it: order, views, filters, and what is kept from whom."""

from datetime import timedelta

import pytest

from portal.app.wake_items import wake_items
from services.portal.tests.api.pages import Browser, page_of
from services.portal.tests.api.work_world import HOSTILE, open_queue
from services.portal.tests.builders import a_completion, an_item
from shared.principal import system

RANKED = ["wki_late", "wki_cred", "wki_house"]


@pytest.fixture
def browser(api, issuer):
    """A coordinator of every facility."""
    return Browser(api.client, issuer)


@pytest.fixture
async def queue(house):
    await open_queue(house)


def shown(page):
    """The items of a list, in its order."""
    return [row.get("data-live-id") for row in page.all("tr") if row.get("data-live-id")]


async def test_the_queue_stands_in_rank_order_and_says_why(queue, browser):
    page = await browser.open("/work")
    assert shown(page) == RANKED
    groups = [row.text for row in page.all("tr") if (row.get("id") or "").startswith("group-")]
    assert groups == ["Now", "Within a week", "Later"]
    assert page.one("tr", id="item-wki_late").one("time").text == "1 h late"
    row = page.one("tr", id="item-wki_cred")
    assert "Verify license" in row.text and "Ines Calloway" in row.text and "Prairie Lake Hospital · ICU" in row.text
    assert "Credentialing at risk" in row.text and "$3,312" in row.text and "in 35 days" in row.text
    assert row.one("time").get("title") == (
        "Due Fri 5 Dec 2025, 21:00 CST. Counts as due Thu 4 Dec 2025, 09:00 CST: "
        "$3,312 at stake; holds up Credentialing, which is at risk."
    )


async def test_a_row_leads_to_its_item_its_assignment_and_its_action(queue, browser):
    row = (await browser.open("/work")).one("tr", id="item-wki_cred")
    assert [link.get("href") for link in row.all("a")] == [
        "/work/wki_cred",
        "/assignments/asg_1",
        "/assignments/asg_1/do?service=credentialing&path=%2Fv1%2Frequirements%2Freq_1%3Averify&method=POST",
        "/work/wki_cred?do=snooze",
    ]


async def test_a_specialist_sees_their_departments_work_and_whatever_is_theirs(queue, browser):
    specialist = browser.as_("payroll_specialist", "per_pay")
    assert shown(await specialist.open("/work")) == ["wki_late"]
    await browser.send("/work/wki_late/assign", idempotency_key="k1", to="per_pay")
    await browser.send("/tasks", idempotency_key="k2", title="Call", due_on="2025-12-03", skill="payroll_specialist")
    texts = [row.text for row in (await specialist.open("/work")).all("tr") if row.get("data-live-id")]
    assert ["Review pay package" in texts[0], "Call" in texts[1], len(texts)] == [True, True, 2]
    assert shown(await specialist.open("/work?department=any&owner=nobody"))[1:] == ["wki_cred", "wki_house"]


@pytest.mark.parametrize(
    ("query", "items"),
    [
        ("owner=me", []),
        ("owner=nobody", RANKED),
        ("department=housing", ["wki_house"]),
        ("kind=review_pay_package", ["wki_late"]),
        ("facility=fac_2", ["wki_house"]),
        ("client=cli_1", RANKED),
        ("client=cli_2", []),
        ("state=accepted", RANKED),
        ("skill=housing", ["wki_house"]),
        ("clinician=cln_2", ["wki_house"]),
        ("assignment=asg_1", ["wki_late", "wki_cred"]),
        ("due=overdue", ["wki_late"]),
        ("due=today", []),
        ("due=week", ["wki_cred"]),
        ("risk=endangered", ["wki_late", "wki_cred"]),
        ("risk=on_track", ["wki_house"]),
        ("q=brandt", ["wki_house"]),
        ("q=prairie", ["wki_late", "wki_cred"]),
        ("q=verify+lic", ["wki_cred"]),
        ("q=O-2", ["wki_house"]),
        ("q=%25", []),
        ("snoozed=yes", []),
        ("done=yes", []),
        ("sort=due", RANKED),
        ("sort=money", ["wki_cred", "wki_late", "wki_house"]),
    ],
)
async def test_each_filter_shows_what_fits(queue, browser, query, items):
    page = await browser.open(f"/work?{query}")
    assert sorted(shown(page)) == sorted(items) if "sort" not in query else shown(page) == items


async def test_a_filter_in_force_is_named_and_taken_away_by_its_link(queue, browser):
    page = await browser.open("/work?department=housing&facility=fac_2")
    chips = page.all("span", class_="is-applied")
    assert [(chip.text, chip.one("a").get("href")) for chip in chips] == [
        ("Department Housing Remove Department: Housing", "/work?facility=fac_2"),
        ("Facility Mesa Grande Clinic Remove Facility: Mesa Grande Clinic", "/work?department=housing"),
    ]


async def test_an_unknown_filter_is_refused(queue, browser):
    assert (await browser.get("/work?depratment=housing")).status_code == 422


async def test_pages_follow_one_another_without_gap_or_repetition(queue, browser):
    seen: list[str | None] = []
    address: str | None = "/work?limit=1"
    while address:
        page = await browser.open(address)
        seen += shown(page)
        following = page.all("a", rel="next")
        address = f"{following[0].get('href')}&limit=1" if following else None
    assert seen == RANKED


async def test_views_are_counted(queue, browser):
    await browser.send("/work/wki_late/take", idempotency_key="k1")
    page = await browser.open("/work/views", is_htmx=True)
    assert [link.text for link in page.one("nav").all("a")] == [
        "Mine and nobody's 3",
        "Mine 1",
        "Nobody's 2",
        "Everyone's 3",
        "Overdue 1",
        "Starts at risk 2",
        "Snoozed 0",
    ]


async def test_what_waits_is_out_of_the_queue_until_its_time_comes(queue, browser, works, clock):
    await browser.send("/work/wki_late/snooze", idempotency_key="k1", until="2025-12-03")
    assert shown(await browser.open("/work")) == ["wki_cred", "wki_house"]
    page = await browser.open("/work?snoozed=yes")
    assert shown(page) == ["wki_late"] and "waits until Wed 08:00" in page.one("tr", id="item-wki_late").text
    clock.advance(timedelta(days=2))
    async with works.begin(system("portal")) as work:
        assert await wake_items(work) == 1
    async with works.begin(system("portal")) as work:
        assert await wake_items(work) == 0
    assert shown(await browser.open("/work")) == RANKED


async def test_what_is_done_is_shown_where_it_is_asked_for(queue, browser, house):
    done = a_completion(work_item_id="wki_late", kind="review_pay_package")
    await house.say(done, publisher="payroll")
    assert shown(await browser.open("/work")) == ["wki_cred", "wki_house"]
    assert shown(await browser.open("/work?done=yes")) == ["wki_late"]
    assert "Done" in (await browser.open("/work/wki_late")).text


async def test_rows_are_fetched_again_only_as_far_as_they_fit(queue, browser):
    page = await browser.open("/work/rows?ids=wki_late,wki_house,wki_none&department=housing", is_htmx=True)
    assert shown(page) == ["wki_house"]


async def test_another_teams_item_is_absent_and_not_found(queue, browser):
    bounded = browser.as_("coordinator", team_facilities=["fac_2"])
    assert shown(await bounded.open("/work?owner=anyone")) == ["wki_house"]
    assert [link.text for link in (await bounded.open("/work/views")).one("nav", aria_label="Views").all("a")][3] == (
        "Everyone's 1"
    )
    assert (await bounded.get("/work/wki_cred")).status_code == 404
    assert shown(await bounded.open("/work/rows?ids=wki_cred,wki_house", is_htmx=True)) == ["wki_house"]
    assert (await bounded.send("/work/wki_cred/take", idempotency_key="k1")).status_code == 404
    assert "wki_cred" not in (await bounded.get("/work?format=csv&owner=anyone")).text


async def test_money_is_not_in_the_bytes_of_who_may_not_see_it(queue, browser):
    specialist = browser.as_("credentialing_specialist")
    for path in ("/work", "/work?sort=money", "/work/wki_cred", "/work?format=csv"):
        answer = await specialist.get(path)
        assert answer.status_code == 200 and "3,312" not in answer.text and "3312" not in answer.text
    assert "Not shown to your role" in (await specialist.get("/work/wki_cred")).text


async def test_names_are_not_in_the_bytes_of_who_may_not_see_them(queue, browser):
    grant = {"id": "grt_1", "role": "credentialing_specialist", "until": 4_000_000_000, "assignments": ["asg_1"]}
    guest = browser.as_("virtual_specialist", "per_v", grants=[grant])
    page = await guest.open("/work")
    assert shown(page) == ["wki_cred"] and "Clinician …cln_1" in page.text
    for path in ("/work", "/work/wki_cred", "/work?format=csv"):
        assert "Calloway" not in (await guest.get(path)).text
    assert shown(await guest.open("/work?q=calloway")) == []


@pytest.mark.parametrize("role", ["recruiter", "operator", "clinician", "auditor", "facility_approver"])
async def test_who_does_no_work_here_has_no_queue(queue, browser, role):
    assert (await browser.as_(role).get("/work")).status_code == 403


async def test_what_people_typed_is_shown_and_never_run(house, browser):
    await open_queue(house, name=HOSTILE)
    await browser.send("/tasks", idempotency_key="k1", title=HOSTILE, due_on="2025-12-03", skill="coordinator")
    for path in (
        "/work",
        "/work?q=%3Cscript%3E",
        "/work/wki_cred",
        "/views?query=q%3D%3Cscript%3E",
        "/work/filters?q=<b>",
    ):
        answer = await browser.get(path)
        assert answer.status_code == 200 and "<script>alert" not in answer.text and "<b>" not in answer.text
    page = await browser.open("/work")
    assert HOSTILE in page.one("tr", id="item-wki_cred").text


async def test_an_id_from_an_event_is_shown_and_never_run(house, queue, browser):
    await house.say(an_item(work_item_id=HOSTILE), publisher="credentialing")
    answer = await browser.get("/work")
    assert HOSTILE in shown(page_of(answer)) and "<script>alert" not in answer.text


async def test_the_queue_is_also_a_file(queue, browser):
    answer = await browser.get("/work?format=csv&sort=due")
    lines = answer.text.lstrip("\ufeff").splitlines()
    assert answer.headers["content-type"].startswith("text/csv") and len(lines) == 4
    assert lines[2].startswith("Verify license,Credentialing,Ines Calloway,Prairie Lake Hospital,ICU,2026-01-05,")
    assert (await browser.get("/work?format=xlsx")).content.startswith(b"PK")


async def test_an_empty_queue_says_what_is_so(browser, queue):
    assert "Nothing fits these filters" in (await browser.open("/work?q=zzz")).text
    assert "Nothing to do here" in (await browser.open("/work?owner=me")).text


async def test_the_start_page_is_ones_own_work(browser):
    answer = await browser.get("/")
    assert (answer.status_code, answer.headers["location"]) == (303, "/work")


async def test_every_filter_stands_in_a_form_that_works_by_its_address(queue, browser):
    page = await browser.open("/work/filters?department=housing")
    fields = {one.get("name") for one in page.one("form", action="/work").all("select")}
    assert {"owner", "department", "kind", "facility", "due", "risk", "state", "skill"} == fields
    facilities = [option.text for option in page.one("select", name="facility").all("option")]
    assert facilities == ["Any", "Mesa Grande Clinic", "Prairie Lake Hospital"]
    chosen = [one.text for one in page.one("select", name="department").all("option") if "selected" in one.attributes]
    assert chosen == ["Housing"]
