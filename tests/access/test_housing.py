"""Who may do what in housing, tried."""

import pytest
from fastapi import FastAPI

from shared.testing.api import Api
from shared.testing.house import House
from tests.access import department, fields, tokens
from tests.access.matrix import Matrix
from tests.access.operations import every_operation
from tests.access.world import World, an_id

SERVICE = "housing"
UNDONE = frozenset(
    {
        "POST /v1/cases/{case_id}/releases/{number}:record-liability",
        "POST /v1/cases/{case_id}:book",
        "POST /v1/cases/{case_id}:check-out",
        "POST /v1/cases/{case_id}:confirm-own-housing",
        "POST /v1/clock:advance",
        "POST /v1/parked-events/{parked_id}:skip",
    }
)
"""No unit is booked."""


@pytest.fixture
async def world(house: House, api: Api, app: FastAPI) -> World:
    """Two cases; for the own one a unit was chosen."""
    made = await department.world(house, api, part="cases", key="case_id", also=lambda shown: {"number": "1"})
    [choose] = [one for one in every_operation(app) if one.path.endswith(":choose-unit")]
    answer = await api.post(choose.path.format_map(made.own.names), choose.body(made.own))
    assert answer.status_code == 200, answer.text
    return made


async def test_no_caller_reaches_what_is_not_theirs(matrix: Matrix) -> None:
    await matrix.run(undone=UNDONE)
    assert matrix.masked


async def test_a_token_that_is_not_good_opens_nothing(matrix: Matrix) -> None:
    await tokens.require_refused(matrix)


async def test_what_was_taken_back_opens_nothing_ten_seconds_later(matrix: Matrix, house: House) -> None:
    await tokens.require_taken_back(matrix, house.say_anyhow)


async def test_what_only_answers_hold_is_not_taken_from_a_request(matrix: Matrix) -> None:
    await fields.require_refused(matrix)


async def test_a_timeline_is_shown_to_whoever_reaches_every_assignment(matrix: Matrix) -> None:
    """The outbox knows an event's assignment and no facility: a team is shown nothing, as of an unknown assignment."""
    [timeline] = [one for one in matrix.operations() if one.path == "/v1/timeline"]
    names = matrix.world.own.names
    claims = {"sub": "per_1", "roles": ["coordinator"]}
    bounded = {**claims, "team_facilities": [names["facility_id"]]}
    asked = {"assignment_id": names["assignment_id"]}
    shown, hidden = [
        (await matrix.send(timeline, matrix.world.own, claims=one, query=asked)).json()["items"]
        for one in (claims, bounded)
    ]
    assert shown and hidden == []


async def test_a_preview_says_nothing_of_a_case_or_a_facility_out_of_reach(matrix: Matrix) -> None:
    """INVARIANT: a dry run is no way round the walls.

    What breaks it: reading what belongs to an assignment without asking whether it is reached.
    """
    [preview] = [one for one in matrix.operations() if one.path == "/v1/previews"]
    own, foreign = matrix.world.own, matrix.world.foreign
    claims = {"sub": "per_1", "roles": ["coordinator"], "team_facilities": [own.names["facility_id"]]}
    terms = preview.body(own)["terms"]
    elsewhere = {**preview.body(own), "terms": {**terms, "facility_id": foreign.names["facility_id"]}}
    nowhere = {**elsewhere, "terms": {**terms, "facility_id": an_id("fac", "unknown")}}
    theirs = {**preview.body(own), "assignment_id": foreign.names["assignment_id"]}
    unknown = {**theirs, "assignment_id": an_id("asg", "unknown")}
    answers = [
        await matrix.send(preview, own, claims=claims, body=body) for body in (elsewhere, nowhere, theirs, unknown)
    ]
    assert [answer.status_code for answer in answers] == [404, 404, 200, 200]
    assert answers[2].json() == answers[3].json()
