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
UNDONE = frozenset(
    {"POST /v1/assignments"}
    | {"POST /v1/assignments/{assignment_id}:accept", "POST /v1/assignments/{assignment_id}:decline"}
    | {
        "POST /v1/assignments/{assignment_id}:advance-start",
        "POST /v1/assignments/{assignment_id}:amend",
        "POST /v1/assignments/{assignment_id}:extend",
        "POST /v1/assignments/{assignment_id}:change-terms",
        "POST /v1/assignments/{assignment_id}:float",
    }
    | {
        "POST /v1/assignments/{assignment_id}:start",
        "POST /v1/assignments/{assignment_id}:end",
        "POST /v1/assignments/{assignment_id}:terminate",
        "POST /v1/assignments/{assignment_id}:no-show",
    }
    | {"POST /v1/clock:advance", "POST /v1/parked-events/{parked_id}:skip"}
)
"""Its offer is known; the assignment was accepted, has not started, and fits no example's dates."""


@pytest.fixture
async def world(house: House, api: Api, app: FastAPI) -> World:
    """Two assignments of entries of two sources, made as their recruiters make them."""
    own, foreign = [await _made(api, app, source) for source in ("own", "foreign")]
    ids = {"assignment_id": "asg", "client_id": "cli", "facility_id": "fac", "clinician_id": "cln"}
    late = ClearanceGranted(assignment_id=own["assignment_id"], terms_version=1, valid_through=LATER)
    await park(house, late)
    unknown = {name: an_id(prefix, "unknown") for name, prefix in ids.items()}
    return World(
        own=_thing(own),
        foreign=_thing(foreign),
        unknown=Thing(names={**foreign, **unknown, "source_reference": "R-9"}, rows={}),
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
    assert matrix.masked


@pytest.mark.parametrize(
    ("case", "source", "reference", "found"),
    [
        ("a new one of their own", "own", "R-7", 200),
        ("their own, known", "own", REFERENCE, 409),
        ("a new one of another's", "foreign", "R-7", 403),
        ("another's, known", "foreign", REFERENCE, 403),
    ],
)
async def test_a_recruiters_system_offers_for_its_source_alone(
    matrix: Matrix, case: str, source: str, reference: str, found: int
) -> None:
    """Whether another's offer is known must not show: both answers are the same."""
    [operation] = [one for one in matrix.operations() if one.name == "POST /v1/assignments"]
    names = matrix.world.own.names
    body = operation.body(Thing(names={**names, "source": source, "source_reference": reference}, rows={}))
    by_id = {"clinician_id": names["clinician_id"], "facility_id": names["facility_id"]}
    named = {**body, **by_id, "clinician_reference": None, "facility_reference": None}
    claims = {"sub": "per_system", "roles": ["recruiter"], "sources": ["own"]}
    answer = await matrix.send(operation, matrix.world.own, claims=claims, body=named)
    assert answer.status_code == found, answer.text
    assert matrix.world.foreign.names["assignment_id"] not in f"{answer.text} {answer.headers}"


async def test_a_token_that_is_not_good_opens_nothing(matrix: Matrix) -> None:
    await tokens.require_refused(matrix)


async def test_what_was_taken_back_opens_nothing_ten_seconds_later(matrix: Matrix, house: House) -> None:
    await tokens.require_taken_back(matrix, house.say_anyhow)


async def test_what_only_answers_hold_is_not_taken_from_a_request(matrix: Matrix) -> None:
    await fields.require_refused(matrix)
