"""A packet on its way: built once, sent perhaps often, decided on by the client. Nothing of it is ever changed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from credentialing.domain.packets.errors import PacketContentGone, PacketNotBuilt, PacketNotSent, PacketOutdated
from credentialing.domain.packets.snapshot import Snapshot
from credentialing.domain.packets.template import PacketTemplate
from shared.errors import Finding, Invalid


class PacketState(StrEnum):
    """How far it is."""

    BUILDING = "building"
    FAILED = "failed"
    """A document in it could not be put on pages; nothing was kept."""
    BUILT = "built"
    SENT = "sent"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


SENDABLE = frozenset({PacketState.BUILT, PacketState.SENT, PacketState.REJECTED, PacketState.ACCEPTED})
DECIDABLE = frozenset({PacketState.SENT, PacketState.ACCEPTED, PacketState.REJECTED})


class Channel(StrEnum):
    """How it went to the client."""

    PORTAL_UPLOAD = "portal_upload"
    EMAIL = "email"
    VMS = "vms"


class Verdict(StrEnum):
    """What the client says of the whole."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketPdf:
    """One built PDF: the hash of its content, and where that lies (`file`, sealed with the key of `key_id`)."""

    sha256: str
    size: int
    pages: int
    file: str
    key_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Transmittal:
    """That it was sent: to whom, how, when, by whom, and the hash of each file. `reference` is the client's."""

    transmittal_id: str
    recipient: str
    channel: Channel
    sent_at: datetime
    sent_by: str
    hashes: tuple[str, ...]
    reference: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemDecision:
    """What the client says of one item."""

    code: str
    verdict: Verdict
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketDecision:
    """What the client said: of the whole, or of some items alone (`verdict` None). `decided_by` is named by them."""

    decision_id: str
    at: datetime
    recorded_by: str
    decided_by: str
    verdict: Verdict | None = None
    items: tuple[ItemDecision, ...] = ()
    reason: str | None = None
    reference: str | None = None
    document_id: str | None = None

    @property
    def refused(self) -> tuple[ItemDecision, ...]:
        """The items that the client does not take."""
        return tuple(one for one in self.items if one.verdict is Verdict.REJECTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Packet:
    """One packet of a file; `number` counts them.

    `template` is the one it was built by. `seen_version` is the version of the file up to which it was looked at for
    changes, while it is the one that the client has (`is_watched`). `is_stale`: something in it is another since.
    `contents_gone_on`: its PDFs were deleted, because a document in them was; hashes stay.
    """

    packet_id: str
    file_id: str
    assignment_id: str
    clinician_id: str
    facility_id: str
    number: int
    snapshot: Snapshot
    template: PacketTemplate
    asked_by: str
    asked_at: datetime
    state: PacketState = PacketState.BUILDING
    pdfs: tuple[PacketPdf, ...] = ()
    faults: tuple[Finding, ...] = ()
    transmittals: tuple[Transmittal, ...] = ()
    decisions: tuple[PacketDecision, ...] = ()
    is_watched: bool = False
    is_stale: bool = False
    seen_version: int = 0
    contents_gone_on: date | None = None
    version: int = 0

    @property
    def codes(self) -> frozenset[str]:
        """The items in it."""
        return frozenset(item.code for item in self.snapshot.items)

    @property
    def hashes(self) -> tuple[str, ...]:
        """The hash of each of its files."""
        return tuple(pdf.sha256 for pdf in self.pdfs)


def built(packet: Packet, pdfs: tuple[PacketPdf, ...]) -> Packet:
    """The packet with its files."""
    return replace(packet, state=PacketState.BUILT, pdfs=pdfs)


def failed(packet: Packet, faults: tuple[Finding, ...]) -> Packet:
    """The packet that could not be built, with everything that kept it from it."""
    return replace(packet, state=PacketState.FAILED, faults=faults)


def require_content(packet: Packet) -> None:
    """Raises PacketNotBuilt, PacketContentGone."""
    if packet.state in (PacketState.BUILDING, PacketState.FAILED):
        raise PacketNotBuilt(state=packet.state.value)
    if packet.contents_gone_on is not None:
        raise PacketContentGone


def send(packet: Packet, transmittal: Transmittal, *, changed: Sequence[str], file_version: int) -> Packet:
    """The packet after it was sent; it is watched from now on. `changed`: what differs from the file as it is now.

    Raises PacketNotBuilt, PacketContentGone, PacketOutdated.
    """
    if packet.state not in SENDABLE:
        raise PacketNotBuilt(state=packet.state.value)
    require_content(packet)
    if changed:
        raise PacketOutdated(items=", ".join(changed))
    state = packet.state if packet.state is PacketState.ACCEPTED else PacketState.SENT
    return replace(
        packet,
        state=state,
        transmittals=(*packet.transmittals, transmittal),
        is_watched=True,
        is_stale=False,
        seen_version=file_version,
    )


def set_aside(packet: Packet) -> Packet:
    """The packet after another one was sent in its place."""
    return replace(packet, is_watched=False, is_stale=False)


def decide(packet: Packet, decision: PacketDecision) -> Packet:
    """The packet after the client said something about it; what it said last of the whole counts.

    One item rejected rejects the whole. Raises PacketNotSent, and Invalid with every fault of the decision.
    """
    if packet.state not in DECIDABLE:
        raise PacketNotSent
    if findings := _faults(packet, decision):
        raise Invalid(findings=findings)
    if decision.refused or decision.verdict is Verdict.REJECTED:
        state = PacketState.REJECTED
    elif decision.verdict is Verdict.ACCEPTED:
        state = PacketState.ACCEPTED
    else:
        state = packet.state
    return replace(packet, state=state, decisions=(*packet.decisions, decision))


def contents_gone(packet: Packet, on: date) -> Packet:
    """The packet without its PDFs."""
    return replace(packet, contents_gone_on=on)


def _faults(packet: Packet, decision: PacketDecision) -> tuple[Finding, ...]:
    found: list[Finding] = []
    codes = [one.code for one in decision.items]
    for number, one in enumerate(decision.items):
        if one.code not in packet.codes:
            found.append(_finding(f"/items/{number}/code", "item_not_in_packet", "Name an item that is in the packet."))
        if codes.index(one.code) != number:
            found.append(_finding(f"/items/{number}/code", "item_named_twice", "Say it once."))
        if one.verdict is Verdict.REJECTED and not one.reason:
            found.append(_finding(f"/items/{number}/reason", "reason_missing", "Write the client's reason."))
    if decision.verdict is Verdict.ACCEPTED and decision.refused:
        found.append(_finding("/verdict", "verdicts_contradict", "A packet with a rejected item is not accepted."))
    if decision.verdict is Verdict.REJECTED and not decision.refused and not decision.reason:
        found.append(_finding("/reason", "reason_missing", "Write the client's reason."))
    if decision.verdict is None and not decision.items:
        found.append(_finding("/verdict", "nothing_decided", "Say what was decided, of the whole or of an item."))
    return tuple(found)


def _finding(pointer: str, code: str, message: str) -> Finding:
    return Finding(pointer=pointer, code=code, message=message)
