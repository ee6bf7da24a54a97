"""Offers that a test posts by API as a recruiters' system does; everything after that happens in the browser."""

from datetime import timedelta
from itertools import count
from typing import Any

from firstshift.demo_people import clinicians
from firstshift.demo_rows import SOURCE
from shared.clock import SystemClock
from tests.journeys.directory import an_offer, today
from tests.system import System, eventually

FACILITY, UNIT = "F-201", "OR"
NURSES = ("C-1039", "C-1026", "C-1027", "C-1040")
"""Registered nurses of the demo whom its own offers leave alone."""
_numbers = count()
DEPARTMENTS = 4


async def accepted(system: System, *, in_days: int = 28, **changes: Any) -> tuple[str, str]:
    """A fresh accepted offer that the portal knows with all four departments; its id, and the clinician's name."""
    reference = NURSES[next(_numbers) % len(NURSES)]
    start = today() + timedelta(days=in_days)
    offer = an_offer(
        source=SOURCE,
        source_reference=f"B-{SystemClock().now().timestamp()}",
        clinician_reference=reference,
        facility_reference=FACILITY,
        unit=UNIT,
        start_date=start.isoformat(),
        end_date=(start + timedelta(days=90)).isoformat(),
        **changes,
    )
    answer = await system.caller("recruiter").post("assignments", "/v1/assignments", offer)
    assert answer.status_code == 201, answer.text
    assignment_id = str(answer.json()["assignment_id"])
    await until_known(system, assignment_id)
    return assignment_id, str(clinicians()[reference]["name"])


async def until_known(system: System, assignment_id: str) -> None:
    """Waits until the portal knows the assignment with all four departments."""
    await eventually(lambda: _streams(system, assignment_id), lambda streams: streams == DEPARTMENTS)


async def open_items(system: System, assignment_id: str, department: str | None = None) -> list[str]:
    """The ids of the assignment's open work items as the portal knows them, in their order."""
    statement = (
        "SELECT work_item_id FROM queue_item WHERE assignment_id = $1 AND is_open"
        " AND department = coalesce($2, department) ORDER BY rank_at, work_item_id"
    )
    rows = await system.rows("portal", statement, assignment_id, department)
    return [str(row["work_item_id"]) for row in rows]


async def owner_of(system: System, work_item_id: str) -> str | None:
    """Who does the item, by id."""
    [row] = await system.rows("portal", "SELECT owner_id FROM queue_item WHERE work_item_id = $1", work_item_id)
    return row["owner_id"] and str(row["owner_id"])


async def _streams(system: System, assignment_id: str) -> int:
    statement = "SELECT count(*) AS streams FROM queue_stream WHERE assignment_id = $1"
    [row] = await system.rows("portal", statement, assignment_id)
    return int(row["streams"])
