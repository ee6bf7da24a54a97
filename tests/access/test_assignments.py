"""Who may do what in assignments, tried."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from fastapi import FastAPI

from shared.contracts.credentialing import ClearanceGranted
from shared.testing.api import Api
from shared.testing.house import House
from tests.access import fields, tokens
from tests.access.matrix import Matrix
from tests.access.operations import every_operation
from tests.access.world import Thing, World, an_id, park

SERVICE = "assignments"
LATER = date(2026, 6, 1)
REFERENCE = "R-1"
REFERENCES = ("source_reference", "clinician_reference", "facility_reference", "client_reference")
ENTRIES = ("clients", "facilities", "clinicians")
UNDONE: frozenset[str] = frozenset()


@pytest.fixture
async def world(house: House, api: Api, app: FastAPI) -> World:
    """Two assignments of entries of two sources, made as their recruiters make them."""
    own, foreign = [await _made(api, app, source) for source in ("own", "foreign")]
    ids = {"assignment_id": "asg", "client_id": "cli", "facility_id": "fac", "clinician_id": "cln"}
    late = ClearanceGranted(assignment_id=own["assignment_id"], terms_version=1, valid_through=LATER)
    await park(house, late)
    unknown = {name: an_id(prefix, "unknown") for name, prefix in ids.items()}
    return World(
        own=_thing(own), foreign=_thing(foreign), unknown=Thing(names={**foreign, **unknown, "source_reference": "R-9"}, rows={})
    )


async def _made(api: Api, app: FastAPI, source: str) -> dict[str, str]:
    examples = {one.name: one for one in every_operation(app)}
    names = {"source": source, **dict.fromkeys(REFERENCES, REFERENCE)}
    thing = Thing(names=names, rows={})
    for entry in ENTRIES:
        put = examples[f"PUT /v1/{entry}/{{source}}/{{source_reference}}"]
        answer = await api.put(f"/v1/{entry}/{source}/{REFERENCE}", put.body(thing))
        names |= _ids(answer.json())
    answer = await api.post("/v1/assignments", examples["POST /v1/assignments"].body(thing))
    assert answer.status_code == 201, answer.text
    return names | _ids(answer.json()) | {"etag": str(answer.json()["version"]), "parked_id": "1"}


def _ids(shown: Mapping[str, Any]) -> dict[str, str]:
    wanted = ("assignment_id", "client_id", "facility_id", "clinician_id")
    return {name: value for name, value in shown.items() if name in wanted}


def _thing(names: Mapping[str, str]) -> Thing:
    def row(*columns: str) -> dict[str, object]:
        return {name: names[name] for name in (*columns, "source")}

    rows = {
        "clients": (row("client_id"),),
        "facilities": (row("facility_id", "client_id"),),
        "clinicians": (row("clinician_id"),),
        "assignments": (row("assignment_id", "clinician_id", "facility_id", "client_id"),),
    }
    return Thing(names=names, rows=rows)


async def test_no_caller_reaches_what_is_not_theirs(matrix: Matrix) -> None:
    await matrix.run(undone=UNDONE)


async def test_a_token_that_is_not_good_opens_nothing(matrix: Matrix) -> None:
    await tokens.require_refused(matrix)


async def test_what_was_taken_back_opens_nothing_ten_seconds_later(matrix: Matrix, house: House) -> None:
    await tokens.require_taken_back(matrix, house.say_anyhow)


async def test_what_only_answers_hold_is_not_taken_from_a_request(matrix: Matrix) -> None:
    await fields.require_refused(matrix)
