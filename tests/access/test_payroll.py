"""Who may do what in payroll, tried."""

from typing import Any

import pytest

from shared.testing.api import Api
from shared.testing.house import House
from tests.access import department, fields, tokens
from tests.access.matrix import Matrix
from tests.access.world import World

SERVICE = "payroll"
UNDONE = frozenset(
    {"POST /v1/profiles/{profile_id}/pieces/{key}:record"}
    | {"POST /v1/clock:advance", "POST /v1/parked-events/{parked_id}:skip"}
)
"""The example's piece comes later than today."""


@pytest.fixture
async def world(house: House, api: Api) -> World:
    """Two profiles."""
    return await department.world(house, api, part="profiles", key="profile_id", also=_names)


async def test_no_caller_reaches_what_is_not_theirs(matrix: Matrix) -> None:
    await matrix.run(undone=UNDONE)
    assert matrix.masked


async def test_a_token_that_is_not_good_opens_nothing(matrix: Matrix) -> None:
    await tokens.require_refused(matrix)


async def test_what_was_taken_back_opens_nothing_ten_seconds_later(matrix: Matrix, house: House) -> None:
    await tokens.require_taken_back(matrix, house.say_anyhow)


async def test_what_only_answers_hold_is_not_taken_from_a_request(matrix: Matrix) -> None:
    await fields.require_refused(matrix)


async def test_private_values_of_a_clinician_out_of_reach_are_not_there(matrix: Matrix) -> None:
    """INVARIANT: a team reaches the clinicians of its own facilities' assignments, and no others.

    What breaks it: a route of the vault that does not ask the service whose clinician it is.
    """
    [record] = [one for one in matrix.operations() if one.method == "PUT" and one.path.endswith("{kind}")]
    routes = [one for one in matrix.operations() if "private-values" in one.path]
    own, foreign = matrix.world.own, matrix.world.foreign
    team = {"sub": "per_1", "roles": ["payroll_specialist"], "team_facilities": [own.names["facility_id"]]}
    for thing in (own, foreign):
        assert (await matrix.send(record, thing, claims={"roles": ["lead"]})).status_code == 200
    found = [
        [(await matrix.send(route, thing, claims=team)).status_code for route in routes] for thing in (own, foreign)
    ]
    assert found == [[200, 200, 200], [404, 404, 404]]


def _names(shown: Any) -> dict[str, str]:
    return {"key": shown["pieces"][0]["key"], "kind": "ssn"}
