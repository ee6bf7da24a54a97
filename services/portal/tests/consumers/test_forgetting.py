"""The read model is made anew from the archives; who does what stays."""

from collections.abc import Mapping, Sequence

from portal.app.forget_events import forget_events
from portal.storage.tables import assignment, terms, timeline_entry, work_item, workstream
from services.portal.tests.builders import a_completion, a_facility, a_workstream, an_item, an_offer
from services.portal.tests.consumers.telling import Said, row, rows, tell
from shared.db.work import Works
from shared.principal import Principal
from shared.testing.house import House

STORY: list[Said] = [
    (a_facility(), "assignments"),
    (an_offer(), "assignments"),
    (a_workstream(), "payroll"),
    (an_item(), "payroll"),
    (an_item(work_item_id="wki_2"), "payroll"),
    (a_completion(), "payroll"),
]


async def test_what_was_heard_is_forgotten_and_heard_again_and_owners_stay(house: House, works: Works) -> None:
    await tell(house, STORY)
    async with works.engine.begin() as connection:
        await connection.execute(work_item.update().values(owner_id="per_1", told=1))
    before = [await rows(house, table) for table in (assignment, terms, workstream, work_item)]

    async with works.begin(Principal(subject="per_operator")) as work:
        assert await forget_events(work) == len(STORY)
    assert [len(await rows(house, table)) for table in (assignment, terms, workstream, timeline_entry)] == [0] * 4
    assert [each["owner_id"] for each in await rows(house, work_item)] == ["per_1", "per_1"]

    house.versions.clear()
    await tell(house, STORY)
    after = [await rows(house, table) for table in (assignment, terms, workstream, work_item)]
    assert [_told(each) for each in after] == [_told(each) for each in before]
    assert (await row(house, assignment))["open_items"] == 1
    assert len(await rows(house, timeline_entry)) == 5


def _told(found: Sequence[Mapping[str, object]]) -> list[dict[str, object]]:
    """Without the count of saves."""
    return [{name: value for name, value in each.items() if name != "version"} for each in found]
