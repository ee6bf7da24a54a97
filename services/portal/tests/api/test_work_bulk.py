"""Many items at once: what would happen, and what became of each."""

import pytest

from portal.app.hold_items import HoldItems, hold_items
from portal.domain.change_request import ChangeRequest, Verb
from portal.storage.tables import work_item
from services.portal.tests.api.pages import Browser, page_of
from services.portal.tests.api.work_world import NOW, open_queue
from services.portal.tests.builders import an_item
from services.portal.tests.consumers.telling import rows
from shared.contracts.portal import WorkItemAssigned
from shared.principal import Principal
from shared.testing.statements import noted_statements

COORDINATOR = Principal(subject="per_1", roles=frozenset({"coordinator"}))


@pytest.fixture
def browser(api, issuer):
    return Browser(api.client, issuer)


@pytest.fixture(autouse=True)
async def queue(house):
    await open_queue(house)


async def owners(house):
    return {item["work_item_id"]: item["owner_id"] for item in await rows(house, work_item)}


def table(page):
    return [[cell.text for cell in line.all("td")] for line in page.all("tr") if line.all("td")]


async def test_a_preview_says_what_would_be_and_does_nothing(house, browser):
    await browser.send("/work/wki_late/assign", idempotency_key="k1", to="per_pay")
    chosen = {"selected": ["wki_late", "wki_cred"], "verb": "take"}
    page = page_of(await browser.send("/work/bulk?department=any", is_htmx=False, **chosen))
    assert "1 would change, 1 would be refused." in page.text
    assert table(page) == [
        ["Verify license", "Ines Calloway", "Nobody", "Tomas Okafor-Lind"],
        ["Review pay package", "Ines Calloway", "Ana Quist", "Somebody else does this already."],
    ]
    assert page.one("input", name="items").get("value") == "wki_late wki_cred"
    assert len(await house.said(WorkItemAssigned)) == 1


async def test_each_item_has_its_outcome(house, browser):
    await browser.send("/work/wki_late/assign", idempotency_key="k1", to="per_pay")
    answer = await browser.send("/work/bulk/take", idempotency_key="k2", items="wki_cred wki_late wki_none")
    assert answer.status_code == 200 and "1 item taken. 2 were refused." in page_of(answer).text
    assert await owners(house) == {"wki_cred": "per_1", "wki_house": None, "wki_late": "per_pay"}


async def test_a_form_that_comes_twice_is_done_once(house, browser):
    for _ in range(2):
        answer = await browser.send("/work/bulk/take", idempotency_key="k1", items="wki_cred wki_late")
        assert answer.status_code == 200
    assert "Done already" in page_of(answer).text
    assert len(await house.said(WorkItemAssigned)) == 2


async def test_all_that_match_are_chosen_by_the_filter(house, browser):
    page = page_of(await browser.send("/work/bulk?facility=fac_1", selected="wki_cred", everything="true", verb="take"))
    assert page.one("input", name="items").get("value") == "wki_late wki_cred"
    assert len(page.all("form", action="/work/bulk/take?facility=fac_1")) == 1


async def test_what_is_wrong_with_the_form_refuses_all_and_keeps_what_was_typed(house, browser):
    typed = {"items": "wki_cred wki_house", "to": "per_2", "note": ""}
    answer = await browser.send("/work/bulk/hand-over", idempotency_key="k1", **typed)
    page = page_of(answer)
    assert answer.status_code == 422 and "Say what the next one needs to know." in page.text
    assert "selected" in page.one("option", value="per_2").attributes
    assert set((await owners(house)).values()) == {None}


async def test_everything_is_snoozed_until_the_morning_of_its_facility(house, browser):
    await browser.send("/work/bulk/snooze", idempotency_key="k1", items="wki_cred wki_house", until="2025-12-10")
    waiting = [item["snoozed_until"] for item in await rows(house, work_item) if item["snoozed_until"]]
    assert [instant.isoformat() for instant in waiting] == ["2025-12-10T14:00:00+00:00"] * 2


async def test_only_five_hundred_are_changed_at_once(house, browser):
    items = " ".join(f"wki_{number}" for number in range(501))
    assert (await browser.send("/work/bulk/take", idempotency_key="k1", items=items)).status_code == 422
    assert (await browser.send("/work/bulk", items=items, verb="take")).status_code == 422


async def test_many_items_take_as_many_statements_as_few(house, works):
    opened = [an_item(work_item_id=f"wki_{number}", due_at=NOW) for number in range(60)]
    await house.say(*opened, publisher="credentialing")

    async def statements(numbers):
        ids = tuple(f"wki_{number}" for number in numbers)
        asked = ChangeRequest(verb=Verb.TAKE)
        with noted_statements(works.engine) as sent:
            async with works.begin(COORDINATOR) as work:
                outcomes = await hold_items(work, HoldItems(work_item_ids=ids, asked=asked))
        assert all(outcome.is_changed for outcome in outcomes)
        return sent

    few, many = await statements(range(2)), await statements(range(2, 60))
    assert len(many) <= len(few), [one for one in many if one not in few]
