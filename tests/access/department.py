"""What the four departments have alike: their part of each assignment, opened from the same events."""

from collections.abc import Callable, Mapping
from typing import Any

from shared.contracts.assignments import AssignmentConfirmed
from shared.testing.api import Api
from shared.testing.house import House
from tests.access.world import Thing, World, an_id, columns, names_of, park, say_both

Names = Mapping[str, str]


async def world(
    house: House, api: Api, *, part: str, key: str, also: Callable[[Any], Names] = lambda shown: {}
) -> World:
    """Both assignments.

    `part` is what the department calls its own, `key` the name of its id; `also` finds more names in what is shown.
    """
    own, foreign, unknown = names_of("own"), names_of("foreign"), names_of("unknown")
    await say_both(house, own, foreign)
    for names in (own, foreign):
        [found] = (await api.get(f"/v1/{part}?assignment_id={names['assignment_id']}")).json()["items"]
        names[key] = found[key]
        names |= also((await api.get(f"/v1/{part}/{found[key]}")).json())
        names["hold_id"] = await _held(api, names["clinician_id"])
    await park(house, AssignmentConfirmed(assignment_id=an_id("asg", "late"), terms_version=1))
    ids = {key: an_id(own[key].partition("_")[0], "unknown"), "hold_id": an_id("hld", "unknown")}
    return World(
        own=_thing(own, part, is_open=True),
        foreign=_thing(foreign, part, is_open=False),
        unknown=Thing(names={**foreign, **unknown, **ids}, rows={}),
    )


def _thing(names: Names, part: str, *, is_open: bool) -> Thing:
    row = columns(names, is_open=is_open)
    clinician = {"clinician_id": names["clinician_id"], "source": names["source"]}
    return Thing(names={**names, "parked_id": "1"}, rows={part: (row,), "clinicians": (clinician, row)})


async def _held(api: Api, clinician_id: str) -> str:
    """The id of a legal hold on the clinician, where the department has such."""
    answer = await api.post(f"/v1/clinicians/{clinician_id}/legal-holds", {"reason": "Wage claim 26-104 is open."})
    return str(answer.json().get("hold_id", "hld_none"))
