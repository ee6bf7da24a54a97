"""The house's own statements show exactly what `shared.db.within` lets SQLAlchemy's show."""

import pytest
from sqlalchemy import select

from portal.storage.reached import run_within
from portal.storage.tables import assignment
from services.portal.tests.storage.rows import an_assignment, put
from shared.db.within import within
from shared.db.work import Works
from shared.principal import Principal
from shared.reach import Reach

READER = Principal(subject="per_1")
ALL = ["asg_0001", "asg_0002", "asg_0003", "asg_0004"]
REACHES = [
    ("the service itself", None, ALL),
    ("everything", Reach(is_all=True), ALL),
    ("nothing", Reach(), []),
    ("one facility", Reach(facility_id=frozenset({"fac_2"})), ["asg_0002"]),
    ("oneself", Reach(clinician_id=frozenset({"cln_0001"})), ["asg_0001"]),
    ("a source", Reach(source=frozenset({"vms"})), ["asg_0003"]),
    ("named by a grant", Reach(assignment_id=frozenset({"asg_0004"})), ["asg_0004"]),
    (
        "several of these",
        Reach(facility_id=frozenset({"fac_2", "fac_9"}), source=frozenset({"vms"})),
        ["asg_0002", "asg_0003"],
    ),
    ("the whole queue, but no name of one", Reach(queue=True), []),
    ("the whole queue, and an open one named", Reach(queue=True, named_assignment="asg_0001"), ["asg_0001"]),
    ("the whole queue, and one named that is over", Reach(queue=True, named_assignment="asg_0004"), []),
]


@pytest.mark.parametrize(("case", "reach", "shown"), REACHES, ids=[case for case, *_ in REACHES])
async def test_a_statement_shows_what_is_reached(
    works: Works, case: str, reach: Reach | None, shown: list[str]
) -> None:
    rows = (
        an_assignment(1),
        an_assignment(2, facility_id="fac_2"),
        an_assignment(3, source="vms"),
        an_assignment(4, is_open=False),
    )
    await put(works.engine, rows)
    async with works.begin(READER, reach=reach) as work:
        found = await run_within(work.session, "SELECT assignment_id FROM assignment WHERE {reached} ORDER BY 1")
        same = await work.session.scalars(
            within(work.session, select(assignment.c.assignment_id)).order_by(assignment.c.assignment_id)
        )
    assert [row["assignment_id"] for row in found] == list(same) == shown


async def test_a_statement_that_forgets_reach_is_refused(works: Works) -> None:
    async with works.begin(READER, reach=Reach(is_all=True)) as work:
        with pytest.raises(AssertionError):
            await run_within(work.session, "SELECT 1")
