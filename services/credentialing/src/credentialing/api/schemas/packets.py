"""Bodies about packets: what is in them, how they were sent, what the client said."""

from datetime import date, datetime
from typing import Annotated, Any, Self

from pydantic import ConfigDict, Field, StringConstraints

from credentialing.app.queries.packets import SeenPacket, SeenPlan
from credentialing.domain.item import ItemStatus
from credentialing.domain.packets.packet import Channel, ItemDecision, Packet, PacketState, Verdict
from credentialing.domain.packets.snapshot import PacketItem, PaperKind
from credentialing.domain.packets.template import Decides, Handling
from credentialing.domain.requirement import Partition, Party
from shared.errors import Finding
from shared.http.bodies import RequestBody, ResponseBody, Text

_PAPER: dict[str, Any] = {
    "document_id": "doc_01m8095ps8e00axqcgn5qrg12p",
    "kind": "credential",
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "partition": "personnel",
    "pages": 1,
}
_ITEM: dict[str, Any] = {
    "code": "CERT-BLS",
    "name": "Basic life support",
    "partition": "personnel",
    "handling": "enclosed",
    "file": 0,
    "status": "verified",
    "rules": ["agency-bls"],
    "credential_id": "crd_01m8095ps8e00rc1kcn27y03za",
    "result_id": "res_01m8095ps8e00rc1kcn27y03zb",
    "issued_on": "2025-01-05",
    "valid_through": "2027-01-31",
    "window_through": None,
    "source": "American Heart Association",
    "confirmed_on": "2026-01-05",
    "release": None,
    "waived_by": None,
    "papers": [_PAPER],
}
_FINDING = {"pointer": "/items/CERT-ACLS", "code": "document_missing", "message": "Receive it again with its document."}
_SENT: dict[str, Any] = {
    "transmittal_id": "trm_01m8095ps8e00rc1kcn27y03zc",
    "recipient": "Staffing office, Mesa General",
    "channel": "portal_upload",
    "reference": "UP-2231",
    "sent_at": "2026-01-05T16:00:00Z",
    "sent_by": "per_01m8095ps8e00rc1kcn27y03zk",
    "hashes": [_PAPER["sha256"]],
}
_SEND = {name: _SENT[name] for name in ("recipient", "channel", "reference")}
_DECIDE: dict[str, Any] = {
    "decided_by": "R. Alvarez, medical staff office",
    "verdict": None,
    "items": [{"code": "CERT-BLS", "verdict": "rejected", "reason": "The card shows no code of the course."}],
    "reason": None,
    "reference": "case 4411",
    "document_id": None,
}
_DECISION: dict[str, Any] = {
    "decision_id": "pkd_01m8095ps8e00rc1kcn27y03zd",
    "at": "2026-01-06T15:00:00Z",
    "recorded_by": "per_01m8095ps8e00rc1kcn27y03zk",
    **_DECIDE,
}
_PACKET: dict[str, Any] = {
    "packet_id": "pkt_01m8095ps8e00rc1kcn27y03ze",
    "file_id": "fil_01m8095ps8e00axqcgn5qrg12p",
    "number": 1,
    "state": "rejected",
    "is_stale": False,
    "changed": [],
    "built_on": "2026-01-05",
    "start_date": "2026-02-02",
    "due_on": "2026-01-26",
    "decides": "client",
    "template_number": 1,
    "rule_set": 7,
    "terms_version": 1,
    "asked_by": "per_01m8095ps8e00rc1kcn27y03zk",
    "asked_at": "2026-01-05T15:00:00Z",
    "files": [{"name": "Ana Example - RN - Credentials.pdf", "sha256": _PAPER["sha256"], "size": 183402, "pages": 3}],
    "items": [_ITEM],
    "to_follow": ["EMP-I9"],
    "faults": [],
    "transmittals": [_SENT],
    "decisions": [_DECISION],
    "contents_gone_on": None,
}
_LINES = ("packet_id", "number", "state", "is_stale", "changed", "built_on", "due_on", "asked_at")


def example(body: dict[str, Any]) -> ConfigDict:
    """The configuration of a body with this example."""
    return ConfigDict(json_schema_extra={"examples": [body]})


Code = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9-]{1,40}$")]


class BuildPacketIn(RequestBody):
    """What is attested this time instead of being enclosed, by code or by how codes begin (`EXC-*`)."""

    model_config = example({"attest": ["COMP-SKILLS"]})

    attest: Annotated[
        tuple[Annotated[str, StringConstraints(pattern=r"^[A-Z0-9-]{1,40}\*?$")], ...], Field(max_length=100)
    ] = ()


class SendPacketIn(RequestBody):
    """To whom it was sent and how; `reference` is what their system answered."""

    model_config = example(_SEND)

    recipient: Text
    channel: Channel
    reference: Text | None = None


class ItemDecisionIn(RequestBody):
    """What the client said of one item; a rejection has a reason."""

    code: Code
    verdict: Verdict
    reason: Text | None = None

    def decision(self) -> ItemDecision:
        """The same for the rules."""
        return ItemDecision(code=self.code, verdict=self.verdict, reason=self.reason)


class DecidePacketIn(RequestBody):
    """What somebody at the client said of the whole, or of some items alone, and where that is to be read.

    An item that is rejected counts no longer for this assignment, and for no other.
    """

    model_config = example(_DECIDE)

    decided_by: Text
    verdict: Verdict | None = None
    items: Annotated[tuple[ItemDecisionIn, ...], Field(max_length=200)] = ()
    reason: Text | None = None
    reference: Text | None = None
    document_id: Annotated[str, StringConstraints(max_length=60)] | None = None


class PaperOut(ResponseBody):
    """A document by its hash."""

    document_id: str
    kind: PaperKind
    sha256: str
    partition: Partition
    pages: int


class PacketItemOut(ResponseBody):
    """An item as it was on the day of the packet. `window_through`: the last start for which it is fresh enough."""

    code: str
    name: str
    partition: Partition
    handling: Handling
    file: int
    status: ItemStatus
    rules: tuple[str, ...]
    credential_id: str | None
    result_id: str | None
    issued_on: date | None
    valid_through: date | None
    window_through: date | None
    source: str | None
    confirmed_on: date | None
    release: str | None
    waived_by: Party | None
    papers: tuple[PaperOut, ...]

    @classmethod
    def each(cls, items: tuple[PacketItem, ...]) -> tuple[Self, ...]:
        """All of them as they are shown."""
        return tuple(map(cls.model_validate, items))


class FaultOut(ResponseBody):
    """What is missing or does not do, and what to do about it."""

    pointer: str
    code: str
    message: str

    @classmethod
    def each(cls, faults: tuple[Finding, ...]) -> tuple[Self, ...]:
        """All of them as they are shown."""
        return tuple(map(cls.model_validate, faults))


class PacketFileOut(ResponseBody):
    """One PDF of a packet: its name now, and what its content is."""

    name: str
    sha256: str
    size: int
    pages: int


class TransmittalOut(ResponseBody):
    """That it was sent: to whom, how, when, by whom, and the hashes of what was sent."""

    transmittal_id: str
    recipient: str
    channel: Channel
    reference: str | None
    sent_at: datetime
    sent_by: str
    hashes: tuple[str, ...]


class ItemDecisionOut(ResponseBody):
    """What the client said of one item."""

    code: str
    verdict: Verdict
    reason: str | None


class PacketDecisionOut(ResponseBody):
    """What the client said, and who noted it."""

    decision_id: str
    at: datetime
    recorded_by: str
    decided_by: str
    verdict: Verdict | None
    items: tuple[ItemDecisionOut, ...]
    reason: str | None
    reference: str | None
    document_id: str | None


class PacketLine(ResponseBody):
    """A packet in a list. `changed` are the items that are another by now than in it."""

    model_config = example({name: _PACKET[name] for name in _LINES})

    packet_id: str
    number: int
    state: PacketState
    is_stale: bool
    changed: tuple[str, ...]
    built_on: date
    due_on: date | None
    asked_at: datetime

    @classmethod
    def of(cls, seen: SeenPacket) -> Self:
        """The packet as it is listed."""
        one = seen.packet
        return cls(
            packet_id=one.packet_id,
            number=one.number,
            state=one.state,
            is_stale=one.is_stale,
            changed=seen.changed,
            built_on=one.snapshot.built_on,
            due_on=due_on(one),
            asked_at=one.asked_at,
        )


class PacketList(ResponseBody):
    """The packets of a file, the newest first."""

    model_config = example({"items": [{name: _PACKET[name] for name in _LINES}]})

    items: tuple[PacketLine, ...]


class PacketOut(PacketLine):
    """A packet with all that is in it. While it is `building` it has no files yet; `failed` says why in `faults`."""

    model_config = example(_PACKET)

    file_id: str
    start_date: date
    decides: Decides
    template_number: int
    rule_set: int
    terms_version: int
    asked_by: str
    files: tuple[PacketFileOut, ...]
    items: tuple[PacketItemOut, ...]
    to_follow: tuple[str, ...]
    faults: tuple[FaultOut, ...]
    transmittals: tuple[TransmittalOut, ...]
    decisions: tuple[PacketDecisionOut, ...]
    contents_gone_on: date | None

    @classmethod
    def of(cls, seen: SeenPacket) -> Self:
        """The packet as it is shown."""
        one, snapshot = seen.packet, seen.packet.snapshot
        return cls(
            **PacketLine.of(seen).model_dump(),
            file_id=one.file_id,
            start_date=snapshot.start_date,
            decides=one.template.decides,
            template_number=one.template.number,
            rule_set=snapshot.rule_set,
            terms_version=snapshot.terms_version,
            asked_by=one.asked_by,
            files=tuple(
                PacketFileOut(name=name, sha256=pdf.sha256, size=pdf.size, pages=pdf.pages)
                for name, pdf in zip(seen.names, one.pdfs, strict=False)
            ),
            items=PacketItemOut.each(snapshot.items),
            to_follow=snapshot.to_follow,
            faults=FaultOut.each(one.faults),
            transmittals=tuple(map(TransmittalOut.model_validate, one.transmittals)),
            decisions=tuple(map(PacketDecisionOut.model_validate, one.decisions)),
            contents_gone_on=one.contents_gone_on,
        )


class PacketPreviewOut(ResponseBody):
    """What the packet would hold today, and everything that must be repaired before it can be built."""

    model_config = example(
        {
            "built_on": "2026-01-05",
            "due_on": "2026-01-26",
            "decides": "client",
            "template_number": 1,
            "files": ["Ana Example - RN - Credentials.pdf"],
            "items": [_ITEM],
            "to_follow": ["EMP-I9"],
            "findings": [_FINDING],
        }
    )

    built_on: date
    due_on: date | None
    decides: Decides
    template_number: int
    files: tuple[str, ...]
    items: tuple[PacketItemOut, ...]
    to_follow: tuple[str, ...]
    findings: tuple[FaultOut, ...]

    @classmethod
    def of(cls, seen: SeenPlan) -> Self:
        """The plan as it is shown."""
        snapshot, template = seen.plan.snapshot, seen.template
        return cls(
            built_on=snapshot.built_on,
            due_on=template.due_on(snapshot.start_date),
            decides=template.decides,
            template_number=template.number,
            files=seen.names,
            items=PacketItemOut.each(snapshot.items),
            to_follow=snapshot.to_follow,
            findings=FaultOut.each(seen.plan.findings),
        )


def due_on(packet: Packet) -> date | None:
    """When the client wants it."""
    return packet.template.due_on(packet.snapshot.start_date)
