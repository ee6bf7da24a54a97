"""Who may do what in credentialing, tried."""

from dataclasses import replace
from typing import Any

import pytest
from fastapi import FastAPI

from shared.testing.api import Api
from shared.testing.house import House
from tests.access import asked, confidential, department, enclosed, fields, measured, screened, sent, tokens
from tests.access.matrix import Matrix
from tests.access.operations import every_operation
from tests.access.world import World, an_id

SERVICE = "credentialing"
UNDONE = frozenset(
    {"POST /v1/files/{file_id}/items/{code}:waive", "POST /v1/files/{file_id}/items/{code}:ask"}
    | {"POST /v1/clock:advance", "POST /v1/parked-events/{parked_id}:skip"}
    | measured.UNDONE
    | screened.UNDONE
    | sent.UNDONE
    | enclosed.UNDONE
)
"""What is asked of everybody is not waived; no source has an address here, so none is asked."""


@pytest.fixture
def matrix(matrix: Matrix) -> Matrix:
    """With what is told to callers to whom a part of a file is closed."""
    return replace(matrix, shorter=confidential.SHORTER)


@pytest.fixture
async def world(house: House, api: Api, app: FastAPI) -> World:
    """Two files; to the own one a credential came in."""
    made = await department.world(house, api, part="files", key="file_id", also=_names)
    made = await _with_credentials(api, app, made)
    await _say_of_facility(api, made.own.names["facility_id"])
    made = await screened.with_screening(house, await measured.with_measures(house, made))
    made = await asked.with_outsiders(house, api, await sent.with_documents(api, made))
    await confidential.say(api, made.own.names)
    return replace(await enclosed.with_packets(house, api, made), of_nobody=frozenset({"rule_id"}))


async def test_no_caller_reaches_what_is_not_theirs(matrix: Matrix) -> None:
    await matrix.run(undone=UNDONE)
    assert matrix.masked
    assert matrix.shortened == confidential.SHOWN_LESS


async def test_a_token_that_is_not_good_opens_nothing(matrix: Matrix) -> None:
    await tokens.require_refused(matrix)


async def test_what_was_taken_back_opens_nothing_ten_seconds_later(matrix: Matrix, house: House) -> None:
    await tokens.require_taken_back(matrix, house.say_anyhow)


async def test_what_only_answers_hold_is_not_taken_from_a_request(matrix: Matrix) -> None:
    await fields.require_refused(matrix)


def _names(shown: Any) -> dict[str, str]:
    return {"code": shown["items"][0]["code"], "kind": "ssn", "rule_id": "agency-references", "template": "centura"}


async def _with_credentials(api: Api, app: FastAPI, made: World) -> World:
    """With what came in for the own file; the foreign one is over, and has what `measured` puts there."""
    [receive] = [one for one in every_operation(app) if one.path.endswith("{code}:receive")]
    answer = await api.post(receive.path.format_map(made.own.names), receive.body(made.own))
    assert answer.status_code == 200, answer.text
    ids = {
        "own": answer.json()["items"][0]["credential_id"],
        "foreign": an_id("crd", "authforeign"),
        "unknown": an_id("crd", "unknown"),
    }
    things = {name: getattr(made, name) for name in ids}
    changed = {name: replace(one, names={**one.names, "credential_id": ids[name]}) for name, one in things.items()}
    return replace(made, **changed)


async def _say_of_facility(api: Api, facility_id: str) -> None:
    """A change of what is known of a facility names the version before."""
    headers = {"Authorization": f"Bearer {api.issuer.token('lead')}", "If-Match": '"0"'}
    said = await api.client.put(f"/v1/facilities/{facility_id}/facts", json={"setting": "hospital"}, headers=headers)
    assert said.status_code == 200, said.text
