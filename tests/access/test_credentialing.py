"""Who may do what in credentialing, tried."""

from typing import Any

import pytest
from fastapi import FastAPI

from shared.testing.api import Api
from shared.testing.house import House
from tests.access import department, fields, tokens
from tests.access.matrix import Matrix
from tests.access.operations import every_operation
from tests.access.world import World

SERVICE = "credentialing"
UNDONE = frozenset(
    {"POST /v1/files/{file_id}/items/{code}:waive"}
    | {"POST /v1/clock:advance", "POST /v1/parked-events/{parked_id}:skip"}
)
"""What is asked of everybody is not waived."""


@pytest.fixture
async def world(house: House, api: Api, app: FastAPI) -> World:
    """Two files; to the own one a credential came in."""
    made = await department.world(house, api, part="files", key="file_id", also=_names)
    [receive] = [one for one in every_operation(app) if one.path.endswith("{code}:receive")]
    answer = await api.post(receive.path.format_map(made.own.names), receive.body(made.own))
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


def _names(shown: Any) -> dict[str, str]:
    return {"code": shown["items"][0]["code"], "kind": "ssn"}
