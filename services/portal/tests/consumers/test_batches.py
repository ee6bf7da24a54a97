"""A batch takes the same few statements, however many events are in it."""

from typing import Any

from services.portal.tests.builders import (
    a_blocker,
    a_clinician,
    a_facility,
    a_statement,
    a_workstream,
    an_item,
    an_offer,
    some_terms,
)
from services.portal.tests.consumers.telling import Said, tell
from shared.contracts.assignments import AssignmentConfirmed
from shared.testing.house import House
from shared.testing.statements import noted_statements

MOST_STATEMENTS = 15


def mixed(names: list[str]) -> list[Said]:
    """Eight events of each assignment."""
    said: list[Said] = []
    for n in names:
        ids: dict[str, Any] = {"assignment_id": f"asg_{n}"}
        item = {"work_item_id": f"wki_{n}", **ids}
        said += [
            (a_clinician(clinician_id=f"cln_{n}"), "assignments"),
            (a_facility(facility_id=f"fac_{n}"), "assignments"),
            (a_workstream(**ids, blockers=(a_blocker(f"wki_{n}"),)), "payroll"),
            (an_item(**item), "payroll"),
            (an_offer(**ids, clinician_id=f"cln_{n}", terms=some_terms(facility_id=f"fac_{n}")), "assignments"),
            (AssignmentConfirmed(**ids, terms_version=1), "assignments"),
            (a_workstream(**ids), "housing"),
            (a_statement(**ids, pay_statement_id=f"pst_{n}", clinician_id=f"cln_{n}"), "payroll"),
        ]
    return said


async def statements_of(house: House, names: list[str]) -> list[str]:
    with noted_statements(house.works.engine) as statements:
        await tell(house, mixed(names))
    return [statement for statement in statements if "FROM parked_event" not in statement]


async def test_a_batch_of_mixed_events_takes_as_many_statements_as_a_small_one(house: House) -> None:
    await tell(house, mixed(["warm", "up"]))  # the driver asks for types once
    small = await statements_of(house, ["one", "two"])
    large = await statements_of(house, [f"n{number}" for number in range(25)])  # 200 events
    assert len(large) == len(small), large
    assert len(large) <= MOST_STATEMENTS, large
