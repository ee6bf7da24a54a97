"""The board's totals and cards of many starts: their order, their pages, and what an index holds."""

from datetime import date

from portal.domain.board import BEFORE_START, By, Window
from portal.storage import board
from portal.storage.board import LANES, Starts
from portal.storage.tables import NOT_BEGUN
from services.portal.tests.storage.rows import NOON, an_assignment, put
from shared.db.work import Works
from shared.principal import Principal

READER = Principal(subject="per_1")
MONDAY = date(2026, 1, 5)


def starts_from_monday(**asked: object) -> Starts:
    window = Window(first=MONDAY, days=14, by=asked.pop("by", By.WEEK))  # type: ignore[arg-type]
    return Starts(window=window, now=NOON, zone="America/Chicago", **asked)  # type: ignore[arg-type]


def test_the_index_of_those_that_have_not_begun_holds_all_of_them_and_no_others() -> None:
    assert f"is_open AND state IN ({', '.join(repr(state) for state in BEFORE_START)})" == NOT_BEGUN


async def test_totals_are_of_cells_lanes_and_columns_and_at_risk_comes_first(works: Works) -> None:
    rows = (
        an_assignment(1, facility_id="fac_1"),
        an_assignment(2, facility_id="fac_1", start_date=date(2026, 1, 12), weekly_value_cents=None),
        an_assignment(3, facility_id="fac_2", start_date=date(2026, 1, 14), risk="late", client_id="cli_2"),
        an_assignment(4, facility_id="fac_3", start_date=date(2026, 1, 19)),
        an_assignment(5, facility_id="fac_3", state="completed", is_open=False),
    )
    await put(works.engine, rows)
    async with works.begin(READER) as work:
        found = await board.totals(work.session, starts_from_monday(), page=1)
    told = [(one.lane, one.number, one.starts, one.at_risk, one.value, one.place) for one in found.sums]
    assert told == [
        ("fac_2", 1, 1, 1, 331_200, 0),
        ("fac_2", None, 1, 1, 331_200, 0),
        ("fac_1", 0, 1, 0, 331_200, 1),
        ("fac_1", 1, 1, 0, 0, 1),
        ("fac_1", None, 2, 0, 331_200, 1),
        (None, 0, 1, 0, 331_200, None),
        (None, 1, 2, 1, 331_200, None),
    ]
    assert (sorted(found.clients), found.disciplines) == (["cli_1", "cli_2"], ["RN"])


async def test_a_page_after_the_last_is_the_last(works: Works) -> None:
    await put(works.engine, (an_assignment(n, facility_id=f"fac_{n:02}") for n in range(LANES + 2)))
    async with works.begin(READER) as work:
        pages = [(await board.totals(work.session, starts_from_monday(), page=page)).sums for page in (1, 2, 9)]
    lanes = [[one.lane for one in sums if one.lane and one.number is None] for sums in pages]
    assert [len(each) for each in lanes] == [LANES, 2, 2]
    assert lanes[1] == lanes[2] == [f"fac_{n:02}" for n in (LANES, LANES + 1)]
    assert {one.lanes for one in pages[0] if one.lane} == {LANES + 2}


async def test_each_cell_shows_its_first_cards_and_late_ones_stand_apart(works: Works) -> None:
    rows = (
        *(an_assignment(n, start_date=date(2026, 1, 5 + n)) for n in range(4)),
        *(an_assignment(10 + n, start_date=date(2025, 11, 10 + n)) for n in range(3)),
        an_assignment(20, start_date=date(2025, 11, 1), state="active"),
        an_assignment(30, facility_id=None),
    )
    await put(works.engine, rows)
    async with works.begin(READER) as work:
        found = await board.cards_and_late(
            work.session, starts_from_monday(), lanes=["fac_1", ""], at_most=2, most_late=2
        )
    assert [(one.card.assignment_id, one.lane, one.number, one.late) for one in found] == [
        ("asg_0010", None, None, 3),
        ("asg_0011", None, None, 3),
        ("asg_0000", "fac_1", 0, 0),
        ("asg_0030", "", 0, 0),
        ("asg_0001", "fac_1", 0, 0),
    ]


async def test_by_state_there_is_one_lane(works: Works) -> None:
    rows = (an_assignment(1), an_assignment(2, facility_id="fac_2", state="accepted"))
    await put(works.engine, rows)
    async with works.begin(READER) as work:
        wanted = starts_from_monday(by=By.STATE)
        sums = (await board.totals(work.session, wanted, page=1)).sums
        cards = await board.cards_and_late(work.session, wanted, lanes=[""], at_most=9, most_late=0)
    assert [(one.number, one.starts) for one in sums if one.lane == ""] == [(1, 1), (3, 1), (None, 2)]
    assert [(one.card.assignment_id, one.number) for one in cards] == [("asg_0001", 3), ("asg_0002", 1)]
