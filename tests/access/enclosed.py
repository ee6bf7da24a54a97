"""A packet of each of both files, which their clients have, and what the own facility wants to get."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

from credentialing.domain.item import ItemStatus
from credentialing.domain.packets.packet import Packet, PacketState
from credentialing.domain.packets.shipped import USUAL
from credentialing.domain.packets.snapshot import PacketItem, Snapshot
from credentialing.domain.packets.template import Handling
from credentialing.domain.requirement import Partition
from credentialing.storage import packets
from shared.db.work import Work
from shared.principal import Principal
from shared.testing.api import Api
from shared.testing.house import House
from tests.access.world import Thing, World, an_id

AT = datetime(2026, 1, 5, 9, tzinfo=UTC)
OF_ONE = "/v1/files/{file_id}/packets/{packet_id}"
UNDONE = frozenset({"POST /v1/files/{file_id}/packets", f"POST {OF_ONE}:send", f"GET {OF_ONE}/files/{{part}}/content"})
"""Of a file in which items are open no packet is built, and the contents of these are gone."""


async def with_packets(house: House, api: Api, world: World) -> World:
    """The world with both packets in it."""
    async with house.works.begin(Principal(subject="seed")) as work:
        for thing in (world.own, world.foreign):
            await _packet(work, thing.names)
    headers = {"Authorization": f"Bearer {api.issuer.token('lead')}", "If-Match": '"0"'}
    path = f"/v1/facilities/{world.own.names['facility_id']}/packet-template"
    wanted = {
        "title": "Hospital",
        "source": "its contract",
        "files": [{"name": "{name}.pdf", "partitions": ["personnel"]}],
        "effective_from": "2026-01-05",
    }
    said = await api.client.put(path, json=wanted, headers=headers)
    assert said.status_code == 200, said.text
    unknown = {**world.unknown.names, "packet_id": an_id("pkt", "unknown"), "part": "0"}
    return replace(
        world,
        own=_thing(world.own),
        foreign=_thing(world.foreign),
        unknown=replace(world.unknown, names=unknown),
    )


def _thing(thing: Thing) -> Thing:
    names = {**thing.names, "packet_id": an_id("pkt", thing.names["source"]), "part": "0"}
    return replace(thing, names=names)


async def _packet(work: Work, names: Mapping[str, str]) -> None:
    item = PacketItem(
        code="CERT-BLS",
        name="Basic Life Support",
        subject="",
        partition=Partition.PERSONNEL,
        handling=Handling.ENCLOSED,
        file=0,
        status=ItemStatus.VERIFIED,
        rules=(),
    )
    snapshot = Snapshot(
        built_on=date(2026, 1, 5),
        start_date=date(2026, 3, 2),
        end_date=date(2026, 5, 31),
        terms_version=1,
        rule_set=1,
        items=(item,),
    )
    packet = Packet(
        packet_id=an_id("pkt", names["source"]),
        file_id=names["file_id"],
        assignment_id=names["assignment_id"],
        clinician_id=names["clinician_id"],
        facility_id=names["facility_id"],
        number=1,
        snapshot=snapshot,
        template=USUAL,
        asked_by="per_lead",
        asked_at=AT,
        state=PacketState.SENT,
        contents_gone_on=date(2026, 1, 5),
    )
    await packets.save(work.session, packet)
