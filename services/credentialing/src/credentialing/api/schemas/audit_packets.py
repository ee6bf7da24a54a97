"""The audit packet of an assignment as it is shown."""

from datetime import date, datetime
from typing import Any, Self

from pydantic import ConfigDict

from credentialing.api.schemas.clearance import DecisionOut
from credentialing.api.schemas.packets import FaultOut, PacketDecisionOut, PacketItemOut, TransmittalOut
from credentialing.api.schemas.rule_effects import FileChangeOut, FileChangesOut
from credentialing.domain.item import ItemStatus
from credentialing.domain.packets.audit import AuditPacket
from credentialing.domain.packets.packet import Packet, PacketState
from credentialing.domain.requirement import Partition, Party
from credentialing.domain.source_result import Outcome
from shared.http.bodies import ResponseBody

_SHA = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
_RESULT: dict[str, Any] = {
    "outcome": "confirmed",
    "checked_at": "2026-01-05T15:00:00Z",
    "source": "licence_source",
    "checked_by": "system:credentialing",
    "release": None,
    "reference": "tx-4471",
    "url": None,
}
_ITEM: dict[str, Any] = {
    "partition": "personnel",
    "is_met": True,
    "results": [_RESULT],
    "documents": [
        {
            "sha256": _SHA,
            "document_id": "doc_01m8095ps8e00axqcgn5qrg12p",
            "uploaded_at": "2026-01-04T15:00:00Z",
            "uploaded_by": "per_01m8095ps8e00rc1kcn27y03zk",
        }
    ],
    "code": "LIC-RN",
    "name": "Registered nurse licence",
    "subject": "CO",
    "status": "verified",
    "rules": ["state-licence"],
    "sources": ["state board of nursing"],
    "credential_id": "crd_01m8095ps8e00rc1kcn27y03za",
    "issued_on": "2025-03-01",
    "valid_through": "2027-02-28",
    "received_on": "2026-01-04",
    "received_by": "per_01m8095ps8e00rc1kcn27y03zk",
    "confirmed_on": "2026-01-05",
    "confirmed_by": "system:credentialing",
    "source": "licence_source",
    "waiver": None,
    "client_reason": None,
}
_AUDIT: dict[str, Any] = {
    "file_id": "fil_01m8095ps8e00axqcgn5qrg12p",
    "assignment_id": "asg_01m8095ps8e00rc1kcn27y03zf",
    "clinician_id": "cln_01m8095ps8e00rc1kcn27y03zg",
    "facility_id": "fac_01m8095ps8e00rc1kcn27y03zh",
    "start_date": "2026-02-02",
    "end_date": "2026-05-02",
    "rule_set": 7,
    "terms_version": 1,
    "assignment_state": "cleared",
    "made_at": "2026-01-07T15:00:00Z",
    "cleared_through": "2026-05-02",
    "shows_all": True,
    "items": [_ITEM],
    "decisions": [],
    "changes": [],
    "packets": [],
}


class AuditResultOut(ResponseBody):
    """What a source said; of a confidential item only whether and when."""

    outcome: Outcome
    checked_at: datetime
    source: str | None
    checked_by: str | None
    release: str | None
    reference: str | None
    url: str | None


class AuditDocumentOut(ResponseBody):
    """A document by its hash; none when it was deleted."""

    sha256: str | None
    document_id: str | None
    uploaded_at: datetime | None
    uploaded_by: str | None


class AuditWaiverOut(ResponseBody):
    """Who lifted it, on which side, why, on what evidence."""

    by: str
    party: Party
    reason: str
    on: date
    through: date | None
    document_id: str | None


class AuditItemOut(ResponseBody):
    """One item; what tells which it is is null where that is confidential to who asks."""

    partition: Partition
    is_met: bool
    results: tuple[AuditResultOut, ...]
    documents: tuple[AuditDocumentOut, ...]
    code: str | None
    name: str | None
    subject: str | None
    status: ItemStatus | None
    rules: tuple[str, ...]
    sources: tuple[str, ...]
    credential_id: str | None
    issued_on: date | None
    valid_through: date | None
    received_on: date | None
    received_by: str | None
    confirmed_on: date | None
    confirmed_by: str | None
    source: str | None
    waiver: AuditWaiverOut | None
    client_reason: str | None


class AuditedPacketOut(ResponseBody):
    """A packet that was built for the client: what was in it, its hashes, how it was sent, what was said of it."""

    packet_id: str
    number: int
    state: PacketState
    is_stale: bool
    built_on: date
    template_number: int
    hashes: tuple[str, ...]
    items: tuple[PacketItemOut, ...]
    faults: tuple[FaultOut, ...]
    transmittals: tuple[TransmittalOut, ...]
    decisions: tuple[PacketDecisionOut, ...]

    @classmethod
    def of(cls, packet: Packet) -> Self:
        """The packet as it is shown."""
        return cls(
            packet_id=packet.packet_id,
            number=packet.number,
            state=packet.state,
            is_stale=packet.is_stale,
            built_on=packet.snapshot.built_on,
            template_number=packet.template.number,
            hashes=packet.hashes,
            items=PacketItemOut.each(packet.snapshot.items),
            faults=FaultOut.each(packet.faults),
            transmittals=tuple(map(TransmittalOut.model_validate, packet.transmittals)),
            decisions=tuple(map(PacketDecisionOut.model_validate, packet.decisions)),
        )


class AuditPacketOut(ResponseBody):
    """Everything an assignment's clearance rests on. `shows_all`: confidential items are named."""

    model_config = ConfigDict(json_schema_extra={"examples": [_AUDIT]})

    file_id: str
    assignment_id: str
    clinician_id: str
    facility_id: str
    start_date: date
    end_date: date
    rule_set: int
    terms_version: int
    assignment_state: str
    made_at: datetime
    cleared_through: date | None
    shows_all: bool
    items: tuple[AuditItemOut, ...]
    decisions: tuple[DecisionOut, ...]
    changes: tuple[FileChangeOut, ...]
    packets: tuple[AuditedPacketOut, ...]

    @classmethod
    def of(cls, audit: AuditPacket) -> Self:
        """The audit packet as it is shown."""
        return cls(
            file_id=audit.file_id,
            assignment_id=audit.assignment_id,
            clinician_id=audit.clinician_id,
            facility_id=audit.facility_id,
            start_date=audit.start_date,
            end_date=audit.end_date,
            rule_set=audit.rule_set,
            terms_version=audit.terms_version,
            assignment_state=audit.assignment_state,
            made_at=audit.made_at,
            cleared_through=audit.cleared_through,
            shows_all=audit.shows_all,
            items=tuple(map(AuditItemOut.model_validate, audit.items)),
            decisions=tuple(DecisionOut.of(one, shows_all=audit.shows_all) for one in audit.decisions),
            changes=FileChangesOut.of(audit.changes).items,
            packets=tuple(map(AuditedPacketOut.of, audit.packets)),
        )
