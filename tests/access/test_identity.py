"""Who may do what in identity, tried."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from identity.app.rotate_keys import rotate_keys
from shared.access.withdrawals import take_back
from shared.clock import SystemClock
from shared.contracts.identity import AccessWithdrawn, GrantRevoked
from shared.db.work import Works
from shared.principal import system
from shared.runtime.definition import Service
from shared.testing.api import Api
from tests.access import fields, tokens
from tests.access.matrix import Matrix
from tests.access.world import Thing, World, an_id, names_of

SERVICE = "identity"
MISSING = frozenset({"parked-events"})
"""It listens to nobody, so that nothing waits."""

UNDONE = frozenset(
    {"POST /v1/grants", "POST /v1/me:change-password", "POST /v1/me:renew-recovery-codes"}
    | {"POST /v1/people/{person_id}:reset-second-factor", "POST /v1/clock:advance"}
    | {"GET /v1/parked-events/{parked_id}", "POST /v1/parked-events/{parked_id}:replay"}
    | {"POST /v1/parked-events/{parked_id}:skip"}
)
"""The example's grant is over by now, and nobody here has a password or a second factor."""


@pytest.fixture
async def world(api: Api, works: Works, definition: Service) -> World:
    """Two virtual specialists with a grant each, two links, two API clients and two erasures that were asked for."""
    async with works.begin(system(SERVICE)) as work:
        await rotate_keys(work, signer=definition.resources["identity"].signer)  # type: ignore[attr-defined]
    own, foreign = [await _made(api, names_of(mark)) for mark in ("own", "foreign")]
    kinds = {"person_id": "per", "link_id": "lnk", "grant_id": "grt", "client_id": "apc", "erasure_id": "ers"}
    unknown = {name: an_id(prefix, "unknown") for name, prefix in kinds.items()}
    return World(
        own=_thing(own), foreign=_thing(foreign), unknown=Thing(names={**foreign, **unknown}, rows={}), missing=MISSING
    )


async def _made(api: Api, names: dict[str, str]) -> dict[str, str]:
    source = names["source"]
    account = {"email": f"{source}@example.org", "name": source, "roles": ["virtual_specialist"]}
    names["person_id"] = (await _post(api, "/v1/people", account))["person_id"]
    letting_in = {"for": "clinician", "clinician_id": names["clinician_id"], "purpose": "upload_documents"}
    names["link_id"] = (await _post(api, "/v1/links", letting_in, role="lead"))["link_id"]
    names["grant_id"] = (await _post(api, "/v1/grants", _lending(names), role="lead"))["grant_id"]
    system_of = {"name": source, "kind": "recruiter_system", "scopes": ["recruiting"], "sources": [source]}
    client = await _post(api, "/v1/api-clients", system_of)
    asked = {"subject": names["clinician_id"], "reason": "Asked in writing"}
    erasure = await _post(api, "/v1/erasures", asked, role="lead")
    made = {"client_id": client["client_id"], "erasure_id": erasure["erasure_id"], "etag": "0"}
    return {**names, **made, "secret_id": client["secrets"][0]["secret_id"], "parked_id": "1"}


def _lending(names: Mapping[str, str]) -> dict[str, Any]:
    until = SystemClock().now() + timedelta(days=3)
    known = {"person_id": names["person_id"], "assignments": [names["assignment_id"]], "until": until.isoformat()}
    return {**known, "role": "housing_specialist", "reason": "Helps out for three days"}


async def _post(api: Api, path: str, body: Any, *, role: str = "administrator") -> Any:
    token = api.issuer.token(role, signed_in_minutes_ago=1)
    answer = await api.post(path, body, Authorization=f"Bearer {token}")
    assert answer.status_code == 201, answer.text
    return answer.json()


def _thing(names: Mapping[str, str]) -> Thing:
    link = {"clinician_id": names["clinician_id"], "facility_id": None}
    return Thing(names=names, rows={"links": (link,), **{part: ({},) for part in ("people", "grants", "api-clients")}})


async def test_no_caller_reaches_what_is_not_theirs(matrix: Matrix) -> None:
    await matrix.run(undone=UNDONE)


async def test_a_token_that_is_not_good_opens_nothing(matrix: Matrix) -> None:
    await tokens.require_refused(matrix)


async def test_what_was_taken_back_opens_nothing_ten_seconds_later(matrix: Matrix, works: Works) -> None:
    async def say(*said: AccessWithdrawn | GrantRevoked) -> None:
        async with works.begin(system(SERVICE)) as work:
            for version, one in enumerate(said, start=1):
                await take_back(work, one, version=version)

    await tokens.require_taken_back(matrix, say)


async def test_what_only_answers_hold_is_not_taken_from_a_request(matrix: Matrix) -> None:
    await fields.require_refused(matrix)
