"""A document of each of both people, in the part that most may read."""

from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO

from PIL import Image

from shared.ids import new_uuid
from shared.testing.api import Api
from tests.access.world import Thing, World, an_id

UNDONE = frozenset(
    {"POST /v1/clinicians/{clinician_id}/documents"}
    | {f"POST /v1/clinicians/{{clinician_id}}/profile/{kind}:import" for kind in ("archive", "table")}
)
"""A document, an archive and a table are no JSON, which is all that is asked here."""


async def with_documents(api: Api, world: World) -> World:
    """The world with one sent by a lead about either."""
    unknown = {**world.unknown.names, "document_id": an_id("doc", "unknown"), "page": "1"}
    return replace(
        world,
        own=await _thing(api, world.own),
        foreign=await _thing(api, world.foreign),
        unknown=replace(world.unknown, names=unknown),
    )


async def _thing(api: Api, thing: Thing) -> Thing:
    names = {
        "document_id": await _sent(api, thing.names),
        **thing.names,
        "page": "1",
    }
    return Thing(names=names, rows={**thing.rows, "documents": thing.rows["clinicians"]})


async def _sent(api: Api, names: Mapping[str, str]) -> str:
    picture = BytesIO()
    Image.new("RGB", (8, 8)).save(picture, "PNG")
    answer = await api.client.post(
        f"/v1/clinicians/{names['clinician_id']}/documents?partition=personnel",
        content=picture.getvalue(),
        headers={"Authorization": f"Bearer {api.issuer.token('lead')}", "Idempotency-Key": str(new_uuid())},
    )
    assert answer.status_code == 201, answer.text
    return str(answer.json()["document_id"])
