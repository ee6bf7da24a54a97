"""The audit packet of an assignment: what was asked, by which rule, on what it rests, who decided what and when.

Of the confidential parts (health, background, I-9) it can be told without saying which item is meant: then only
results and hashes are left of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from credentialing.domain.decision import ClearanceDecision
from credentialing.domain.documents.document import Document
from credentialing.domain.file import File
from credentialing.domain.file_change import FileChange
from credentialing.domain.held import Held
from credentialing.domain.item import Item, ItemStatus
from credentialing.domain.packets.packet import Packet
from credentialing.domain.requirement import Partition, Party
from credentialing.domain.source_result import Outcome, SourceResult


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditResult:
    """One answer of one source."""

    outcome: Outcome
    checked_at: datetime
    source: str | None = None
    checked_by: str | None = None
    release: str | None = None
    reference: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditDocument:
    """One document by its hash; the rest is None where the item is not to be told, or the document is gone."""

    sha256: str | None
    document_id: str | None = None
    uploaded_at: datetime | None = None
    uploaded_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditWaiver:
    """Who lifted it, on which side, why, on what evidence."""

    by: str
    party: Party
    reason: str
    on: date
    through: date | None
    document_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditItem:
    """One item; `code` and all that tells which it is are None where that is confidential."""

    partition: Partition
    is_met: bool
    results: tuple[AuditResult, ...]
    documents: tuple[AuditDocument, ...]
    code: str | None = None
    name: str | None = None
    subject: str | None = None
    status: ItemStatus | None = None
    rules: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    credential_id: str | None = None
    issued_on: date | None = None
    valid_through: date | None = None
    received_on: date | None = None
    received_by: str | None = None
    confirmed_on: date | None = None
    confirmed_by: str | None = None
    source: str | None = None
    waiver: AuditWaiver | None = None
    client_reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditPacket:
    """All of it. `decisions`, `changes` and `packets` come newest first; decisions are whole, and `shows_all` says
    whether what they rest on may be told, too."""

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
    items: tuple[AuditItem, ...]
    decisions: tuple[ClearanceDecision, ...]
    changes: tuple[FileChange, ...]
    packets: tuple[Packet, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What an audit packet is made from."""

    file: File
    held: Sequence[Held]
    results: Sequence[SourceResult]
    documents: Mapping[str, Document]
    decisions: Sequence[ClearanceDecision]
    changes: Sequence[FileChange]
    packets: Sequence[Packet]


def audit_packet(known: Evidence, *, at: datetime, shows_all: bool) -> AuditPacket:
    """The audit packet; without `shows_all`, the confidential parts by result and hash alone."""
    file = known.file
    items = tuple(_item(item, known) for item in file.items)
    hidden = frozenset() if shows_all else frozenset(item.code for item in file.items if _is_confidential(item))
    return AuditPacket(
        file_id=file.file_id,
        assignment_id=file.assignment_id,
        clinician_id=file.clinician_id,
        facility_id=file.facility_id,
        start_date=file.terms.start_date,
        end_date=file.terms.end_date,
        rule_set=file.rule_set,
        terms_version=file.terms.version,
        assignment_state=file.assignment_state.value,
        made_at=at,
        cleared_through=file.granted.valid_through if file.granted else None,
        shows_all=shows_all,
        items=tuple(_without_name(one) if one.code in hidden else one for one in items),
        decisions=tuple(known.decisions),
        changes=tuple(known.changes if shows_all else (_change_without(one, file) for one in known.changes)),
        packets=tuple(known.packets if shows_all else map(_packet_without, known.packets)),
    )


def _is_confidential(item: Item) -> bool:
    return item.requirement.partition is not Partition.PERSONNEL


def _item(item: Item, known: Evidence) -> AuditItem:
    asked = item.requirement
    held = next((one for one in known.held if one.credential_id == item.credential_id), None)
    results = _results(held, known)
    return AuditItem(
        partition=asked.partition,
        is_met=item.is_met,
        results=tuple(map(_result, results)),
        documents=tuple(_document(one, known) for one in _documents(item, held, results)),
        code=item.code,
        name=asked.name,
        subject=asked.subject,
        status=item.status,
        rules=asked.rules,
        sources=asked.sources,
        credential_id=item.credential_id,
        issued_on=held.life.issued_on if held else None,
        valid_through=item.valid_through,
        received_on=held.received_on if held else None,
        received_by=held.received_by if held else None,
        confirmed_on=held.verified_on if held else None,
        confirmed_by=held.verified_by if held else None,
        source=held.source if held else None,
        waiver=_waiver(item),
        client_reason=item.client_reason,
    )


def _results(held: Held | None, known: Evidence) -> list[SourceResult]:
    """What was said of the claim that it rests on, and the answer that made it."""
    if held is None:
        return []
    return [one for one in known.results if one.credential_id == held.credential_id or one.result_id == held.result_id]


def _result(one: SourceResult) -> AuditResult:
    return AuditResult(
        outcome=one.outcome,
        checked_at=one.checked_at,
        source=one.source,
        checked_by=one.checked_by,
        release=one.release,
        reference=one.reference,
        url=one.url,
    )


def _documents(item: Item, held: Held | None, results: Sequence[SourceResult]) -> list[str]:
    named = [held.document_id if held else None, *(one.document_id for one in results)]
    named += [item.waiver.document_id if item.waiver else None]
    return list(dict.fromkeys(one for one in named if one))


def _document(document_id: str, known: Evidence) -> AuditDocument:
    found = known.documents.get(document_id)
    if found is None:
        return AuditDocument(sha256=None, document_id=document_id)
    return AuditDocument(
        sha256=found.sha256,
        document_id=document_id,
        uploaded_at=found.uploaded_at,
        uploaded_by=found.uploaded_by,
    )


def _waiver(item: Item) -> AuditWaiver | None:
    one = item.waiver
    if one is None:
        return None
    return AuditWaiver(
        by=one.by, party=one.party, reason=one.reason, on=one.on, through=one.through, document_id=one.document_id
    )


def _without_name(item: AuditItem) -> AuditItem:
    return AuditItem(
        partition=item.partition,
        is_met=item.is_met,
        results=tuple(AuditResult(outcome=one.outcome, checked_at=one.checked_at) for one in item.results),
        documents=tuple(AuditDocument(sha256=one.sha256) for one in item.documents if one.sha256),
    )


def _change_without(change: FileChange, file: File) -> FileChange:
    """Only what is known to be of the personnel part: an item that the file no longer has is not told."""
    told = {item.code for item in file.items if not _is_confidential(item)}
    was = change.difference
    kept = {
        name: tuple(code for code in getattr(was, name) if code in told)
        for name in ("added", "dropped", "reopened", "newly_met")
    }
    return replace(change, difference=replace(was, **kept))


def _packet_without(packet: Packet) -> Packet:
    """Without the confidential items, and what the client said of them; what it said of the whole may name one."""
    items = tuple(one for one in packet.snapshot.items if one.partition is Partition.PERSONNEL)
    told = {one.code for one in items}
    decisions = tuple(
        replace(one, items=tuple(each for each in one.items if each.code in told), reason=None)
        for one in packet.decisions
    )
    faults = tuple(one for one in packet.faults if one.pointer.rpartition("/")[2] in told or not one.pointer)
    snapshot = replace(
        packet.snapshot, items=items, to_follow=tuple(one for one in packet.snapshot.to_follow if one in told)
    )
    return replace(packet, snapshot=snapshot, decisions=decisions, faults=faults)
