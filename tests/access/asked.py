"""Of both people: somebody outside who was asked about them, what they say they can do, what another system says."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from credentialing.domain.profile.importing import Assertion, Word
from credentialing.domain.skills.forms.every import FORMS
from credentialing.storage import assertions
from shared.db.work import Work
from shared.ids import new_uuid
from shared.principal import Principal
from shared.testing.api import Api
from shared.testing.house import House
from tests.access.callers import signed
from tests.access.world import Thing, World, an_id

RATINGS = [{"skill_id": one.skill_id, "rating": 4, "frequency": "weekly"} for one in FORMS["ICU"].skills]
ROSA = {"kind": "peer", "name": "Rosa Keller", "email": "rosa@example.org", "claimed": "ICU, 2021 to 2023"}
ANSWERS = {
    "worked_together": "yes",
    "position": "Nurse, ICU",
    "clinical_skill": "5",
    "judgement": "5",
    "reliability": "5",
    "teamwork": "5",
    "concerns": "yes",
    "recommend": "yes",
}
"""An answer that a person has to judge."""


AT = datetime(2026, 1, 5, 9, tzinfo=UTC)


async def with_outsiders(house: House, api: Api, world: World) -> World:
    """The world with that in it.

    The own request waits for judgement and the foreign one for an answer; the own checklist waits for its signature
    and the foreign one for its review: so each command can be done to one of them.
    """
    own, foreign = await _asked(api, world.own.names), await _asked(api, world.foreign.names)
    await _post(api, "/v1/outside-requests:answer", {"secret": own["secret"], "answers": ANSWERS}, claims={})
    ticked, signed_off = await _filled(api, world.own.names), await _filled(api, world.foreign.names)
    oneself = {"roles": ["clinician"], "clinician_id": world.foreign.names["clinician_id"]}
    await _post(api, f"/v1/checklists/{signed_off}:sign", {}, claims=oneself)
    async with house.works.begin(Principal(subject="seed")) as work:
        for thing in (world.own, world.foreign):
            await _asserted(work, thing.names)
    kinds = {"request_id": "out", "checklist_id": "chk", "assertion_id": "ast"}
    unknown = {name: an_id(prefix, "unknown") for name, prefix in kinds.items()}
    return replace(
        world,
        own=_thing(world.own, request_id=own["request_id"], checklist_id=ticked),
        foreign=_thing(world.foreign, request_id=foreign["request_id"], checklist_id=signed_off),
        unknown=replace(world.unknown, names={**world.unknown.names, **unknown}),
    )


def _thing(thing: Thing, **ids: str) -> Thing:
    of_clinician = thing.rows["clinicians"]
    parts = ("outside-requests", "checklists", "assertions")
    names = {**thing.names, **ids, "assertion_id": an_id("ast", thing.names["source"])}
    return Thing(names=names, rows={**thing.rows, **dict.fromkeys(parts, of_clinician)})


async def _asked(api: Api, names: Mapping[str, str]) -> Any:
    return await _post(
        api, f"/v1/clinicians/{names['clinician_id']}/outside-requests", ROSA, claims={"roles": ["lead"]}
    )


async def _filled(api: Api, names: Mapping[str, str]) -> str:
    path = f"/v1/clinicians/{names['clinician_id']}/checklists"
    made = await _post(api, path, {"unit": "ICU", "ratings": RATINGS}, claims={"roles": ["lead"], "sub": "per_helper"})
    return str(made["checklist_id"])


async def _asserted(work: Work, names: Mapping[str, str]) -> None:
    """The issuer's word on the authorisation that the world holds of each of them."""
    said = Assertion(
        assertion_id=an_id("ast", names["source"]),
        clinician_id=names["clinician_id"],
        credential_id=an_id("crd", f"auth{names['source']}"),
        code="BG-AUTH",
        subject="",
        sender="Northwind Staffing",
        word=Word(source="issuer", by="somebody", at=AT),
        is_issuer=True,
        brought_by="per_lead",
        brought_at=AT,
    )
    await assertions.save(work.session, said)


async def _post(api: Api, path: str, content: Any, *, claims: Mapping[str, Any]) -> Any:
    headers = {"Idempotency-Key": str(new_uuid())}
    if claims:
        headers["Authorization"] = f"Bearer {signed(api.issuer, claims)}"
    answer = await api.client.post(path, json=content, headers=headers)
    assert answer.is_success, answer.text
    return answer.json()
