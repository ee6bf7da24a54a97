"""What would go into a packet today, and what keeps it from being built."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from credentialing.domain.documents.document import Document, DocumentStatus
from credentialing.domain.file import File
from credentialing.domain.held import Held
from credentialing.domain.item import Item, ItemStatus
from credentialing.domain.packets.snapshot import PacketItem, Paper, PaperKind, Snapshot
from credentialing.domain.packets.template import Handling, PacketTemplate, fits
from credentialing.domain.requirement import Confirmer, Owner, Requirement
from credentialing.domain.source_result import SourceResult
from shared.errors import Finding

MOST_BYTES = 120 * 1024 * 1024
MOST_PAGES = 1_000
"""Of all enclosed documents together; portals of clients take less."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What a packet is made from: the file, measured today, and by id what its items rest on.

    `attest` are the codes that a person attests instead of enclosing them, this time only.
    """

    file: File
    held: Mapping[str, Held]
    results: Mapping[str, SourceResult]
    documents: Mapping[str, Document]
    template: PacketTemplate
    today: date
    attest: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The packet as it would be, and everything that must be repaired first; without findings it is good."""

    snapshot: Snapshot
    findings: tuple[Finding, ...]


def plan(known: Gathered) -> Plan:
    """The packet of a file, in the template's order; every fault is named, by its item."""
    wanted = [item for item in known.file.items if _is_wanted(item, known)]
    to_follow = [item for item in wanted if item.is_trailing and not item.is_met]
    ready = [item for item in wanted if item not in to_follow]
    items = tuple(_packet_item(item, known) for item in ready)
    ordered = sorted(items, key=lambda one: (one.file, known.template.place(one.code)))
    snapshot = Snapshot(
        built_on=known.today,
        start_date=known.file.terms.start_date,
        end_date=known.file.terms.end_date,
        terms_version=known.file.terms.version,
        rule_set=known.file.rule_set,
        items=tuple(ordered),
        to_follow=tuple(item.code for item in to_follow),
    )
    each = [one for item in ready for one in _faults(item, known)]
    return Plan(snapshot=snapshot, findings=(*each, *_whole(snapshot)))


def is_the_clients(requirement: Requirement) -> bool:
    """Whether the client makes it or decides on it, so that it waits for the packet and is not in it."""
    return requirement.confirmed_by is Confirmer.CLIENT or requirement.owner is Owner.FACILITY


def handled(requirement: Requirement, known: Gathered) -> Handling:
    """What becomes of an item this time."""
    usual = known.template.handling(requirement.code, requirement.partition, on=known.today)
    is_attested = usual is Handling.ENCLOSED and fits(requirement.code, known.attest)
    return Handling.ATTESTED if is_attested else usual


def is_for_the_client(item: Item) -> bool:
    """Whether it came in and the client alone can confirm it, so that it is enclosed as it is."""
    return item.requirement.confirmed_by is Confirmer.CLIENT and item.status is ItemStatus.RECEIVED


def _is_wanted(item: Item, known: Gathered) -> bool:
    is_asked = item.status is not ItemStatus.NOT_ASKED
    is_theirs = is_the_clients(item.requirement) and not is_for_the_client(item)
    return is_asked and not is_theirs and handled(item.requirement, known) is not Handling.WITHHELD


def _packet_item(item: Item, known: Gathered) -> PacketItem:
    asked = item.requirement
    held, result = _behind(item, known)
    handling = handled(asked, known)
    is_enclosed = handling is Handling.ENCLOSED
    return PacketItem(
        code=item.code,
        name=asked.name,
        subject=asked.subject,
        partition=asked.partition,
        handling=handling,
        file=known.template.file_for(item.code, asked.partition) or 0,
        status=item.status,
        rules=asked.rules,
        credential_id=item.credential_id,
        result_id=item.result_id,
        issued_on=held.life.issued_on if held else None,
        valid_through=item.valid_through,
        window_through=_window_through(asked, held),
        source=held.source if held else None,
        confirmed_on=held.verified_on if held else None,
        release=result.release if result else None,
        waived_by=item.waiver.party if item.waiver and item.status is ItemStatus.WAIVED else None,
        papers=tuple(_paper(kind, known.documents[one]) for kind, one in _named(item, known) if one in known.documents)
        if is_enclosed
        else (),
    )


def _behind(item: Item, known: Gathered) -> tuple[Held | None, SourceResult | None]:
    """The claim that it rests on and the answer to it; of a waived item there is neither."""
    if item.status is ItemStatus.WAIVED or item.credential_id is None:
        return None, None
    return known.held.get(item.credential_id), known.results.get(item.result_id or "")


def _window_through(asked: Requirement, held: Held | None) -> date | None:
    days = asked.validity.window_days
    return held.life.issued_on + timedelta(days=days) if held and days is not None else None


def _named(item: Item, known: Gathered) -> Iterator[tuple[PaperKind, str]]:
    """The documents that an item names, each once: the credential's, then what its source showed."""
    if item.status is ItemStatus.WAIVED:
        if item.waiver and item.waiver.document_id:
            yield PaperKind.WAIVER, item.waiver.document_id
        return
    held, result = _behind(item, known)
    shown = held.document_id if held else None
    if shown:
        yield PaperKind.CREDENTIAL, shown
    if result and result.document_id and result.document_id != shown:
        yield PaperKind.PRINTOUT, result.document_id


def _paper(kind: PaperKind, document: Document) -> Paper:
    return Paper(
        document_id=document.document_id,
        kind=kind,
        sha256=document.sha256,
        media_type=document.media_type,
        partition=document.partition,
        size=document.size,
        pages=document.pages,
    )


def _faults(item: Item, known: Gathered) -> Iterator[Finding]:
    if not item.is_met and not is_for_the_client(item):
        yield _finding(item.code, "item_open", "It is not met: a packet holds only what is confirmed or waived.")
        return
    if handled(item.requirement, known) is not Handling.ENCLOSED:
        return
    named = tuple(_named(item, known))
    if not named and _needs_paper(item, known):
        message = "Receive it again with its document, or attest it instead of enclosing it."
        yield _finding(item.code, "document_missing", message)
    for _, document_id in named:
        if fault := _fault_of(known.documents.get(document_id), item, known):
            yield _finding(item.code, *fault)


def _needs_paper(item: Item, known: Gathered) -> bool:
    """A waiver says itself; a look-up at the source that no claim preceded has no paper of the clinician's."""
    _, result = _behind(item, known)
    is_look_up = result is not None and result.credential_id is None
    return item.status is not ItemStatus.WAIVED and not is_look_up


def _fault_of(document: Document | None, item: Item, known: Gathered) -> tuple[str, str] | None:
    if document is None or document.clinician_id != known.file.clinician_id:
        return "document_gone", "Its document is not there any more; receive it again with one."
    if document.status is not DocumentStatus.READY:
        return f"document_{document.status.value}", "Its document may not be used; send it again, or another one."
    number = known.template.file_for(item.code, item.requirement.partition) or 0
    if document.partition not in known.template.files[number].partitions:
        return "document_of_other_part", "Its document is of a part that this file of the packet may not hold."
    return None


def _whole(snapshot: Snapshot) -> Iterator[Finding]:
    papers = [paper for _, paper in snapshot.papers]
    if not snapshot.items:
        yield _finding("", "packet_empty", "The template lets nothing of this file go out.")
    if sum(paper.size for paper in papers) > MOST_BYTES or sum(paper.pages for paper in papers) > MOST_PAGES:
        yield _finding("", "packet_too_large", "Its documents are too many or too large for one packet.")


def _finding(item: str, code: str, message: str) -> Finding:
    return Finding(pointer=f"/items/{item}" if item else "", code=code, message=message)
