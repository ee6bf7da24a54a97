"""What each service knows before it is asked: two of everything, with ids that requests can name."""

from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from fastapi import FastAPI

from identity.app.rotate_keys import rotate_keys
from shared.clock import SystemClock
from shared.ids import new_uuid
from shared.principal import system
from shared.runtime.definition import Service
from shared.testing.api import Api
from shared.testing.house import House
from tests.access import asked, confidential, department, enclosed, measured, screened, sent
from tests.access.callers import signed
from tests.access.operations import every_operation
from tests.access.world import Thing, World, names_of

REFERENCE = "R-1"
REFERENCES = ("source_reference", "clinician_reference", "facility_reference", "client_reference")
ENTRIES = ("clients", "facilities", "clinicians")
IDS = ("assignment_id", "client_id", "facility_id", "clinician_id")


@dataclass(frozen=True, kw_only=True)
class Ground:
    """A service before anything happened in it."""

    definition: Service
    app: FastAPI
    api: Api
    house: House


async def _assignments(ground: Ground) -> World:
    own, foreign = [await _offered(ground, source) for source in ("own", "foreign")]
    return _world(own, foreign)


async def _offered(ground: Ground, source: str) -> dict[str, str]:
    """An assignment of this source, made as its recruiter makes it from the document's examples."""
    examples = {one.name: one for one in every_operation(ground.app)}
    names = {"source": source, **dict.fromkeys(REFERENCES, REFERENCE)}
    for entry in ENTRIES:
        body = examples[f"PUT /v1/{entry}/{{source}}/{{source_reference}}"].body(Thing(names=names, rows={}))
        names |= _ids((await ground.api.put(f"/v1/{entry}/{source}/{REFERENCE}", body)).json())
    body = examples["POST /v1/assignments"].body(Thing(names=names, rows={}))
    return names | _ids((await ground.api.post("/v1/assignments", body)).json())


def _ids(shown: Mapping[str, Any]) -> dict[str, str]:
    return {name: shown[name] for name in IDS if name in shown}


async def _identity(ground: Ground) -> World:
    signer: Any = ground.definition.resources["identity"]
    async with ground.house.works.begin(system("identity")) as work:
        await rotate_keys(work, signer=signer.signer)
    own, foreign = [await _known(ground.api, names_of(mark)) for mark in ("own", "foreign")]
    return _world(own, foreign)


async def _known(api: Api, names: dict[str, str]) -> dict[str, str]:
    """A virtual specialist with a grant, a clinician's link, an API client and an erasure that was asked for."""
    source = names["source"]
    account = {"email": f"{source}@example.org", "name": source, "roles": ["virtual_specialist"]}
    names["person_id"] = (await _post(api, "/v1/people", account))["person_id"]
    letting_in = {"for": "clinician", "clinician_id": names["clinician_id"], "purpose": "upload_documents"}
    names["link_id"] = (await _post(api, "/v1/links", letting_in, role="lead"))["link_id"]
    until = (SystemClock().now() + timedelta(days=3)).isoformat()
    lending = {"person_id": names["person_id"], "assignments": [names["assignment_id"]], "until": until}
    lending |= {"role": "housing_specialist", "reason": "Helps out for three days"}
    names["grant_id"] = (await _post(api, "/v1/grants", lending, role="lead"))["grant_id"]
    system_of = {"name": source, "kind": "recruiter_system", "scopes": ["recruiting"], "sources": [source]}
    client = await _post(api, "/v1/api-clients", system_of)
    asked = {"subject": names["clinician_id"], "reason": "Asked in writing"}
    erasure = await _post(api, "/v1/erasures", asked, role="lead")
    made = {"client_id": client["client_id"], "erasure_id": erasure["erasure_id"]}
    return {**names, **made, "secret_id": client["secrets"][0]["secret_id"]}


async def _post(api: Api, path: str, body: Any, *, role: str = "administrator") -> Any:
    """As somebody who has just signed in."""
    token = signed(api.issuer, {"roles": [role], "sub": f"per_{role}"})
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": str(new_uuid())}
    answer = await api.client.post(path, json=body, headers=headers)
    assert answer.status_code == 201, answer.text
    return answer.json()


def _world(own: Mapping[str, str], foreign: Mapping[str, str]) -> World:
    things = [Thing(names={**names, "parked_id": "1"}, rows={}) for names in (own, foreign)]
    return World(own=things[0], foreign=things[1], unknown=things[1])


async def _credentialing(ground: Ground) -> World:
    """Both files, and of each area what its paths name."""
    house, api = ground.house, ground.api
    made = await _department("files", "file_id", _of_file)(ground)
    made = await screened.with_screening(house, await measured.with_measures(house, made))
    made = await asked.with_outsiders(house, api, await sent.with_documents(api, made))
    await confidential.say(api, made.own.names)
    return await enclosed.with_packets(house, api, made)


def _of_file(shown: Any) -> Mapping[str, str]:
    return {"code": shown["items"][0]["code"], "kind": "ssn", "rule_id": "agency-references", "template": "centura"}


def _department(
    part: str, key: str, also: Callable[[Any], Mapping[str, str]]
) -> Callable[[Ground], Coroutine[Any, Any, World]]:
    return lambda ground: department.world(ground.house, ground.api, part=part, key=key, also=also)


WORLDS: Mapping[str, Callable[[Ground], Coroutine[Any, Any, World]]] = {
    "assignments": _assignments,
    "credentialing": _credentialing,
    "housing": _department("cases", "case_id", lambda shown: {"number": "1"}),
    "identity": _identity,
    "payroll": _department("profiles", "profile_id", lambda shown: {"key": shown["pieces"][0]["key"], "kind": "ssn"}),
    "timekeeping": _department("plans", "plan_id", lambda shown: {"work_date": "2026-03-02"}),
}
