"""What a packet holds, pinned on the day it was built: documents by their hash, claims, and what sources said."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from credentialing.domain.documents.media import MediaType
from credentialing.domain.item import ItemStatus
from credentialing.domain.packets.template import Handling
from credentialing.domain.requirement import Partition, Party


class PaperKind(StrEnum):
    """What a document shows."""

    CREDENTIAL = "credential"
    PRINTOUT = "printout"
    """What the source showed to whoever looked."""
    WAIVER = "waiver"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One version of a document: what it shows, and the SHA-256 of its content in hexadecimal. `size` in bytes."""

    document_id: str
    kind: PaperKind
    sha256: str
    media_type: MediaType
    partition: Partition
    size: int
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketItem:
    """One item as it stood: what it rests on, who confirmed that and when, through when it is good.

    `file` is the number of the PDF it is in, from 0. `window_through` is the last start for which a check with a window
    before the start is fresh enough. `release` is that of an exclusion list. `waived_by` is the side that lifted it.
    """

    code: str
    name: str
    subject: str
    partition: Partition
    handling: Handling
    file: int
    status: ItemStatus
    rules: tuple[str, ...]
    credential_id: str | None = None
    result_id: str | None = None
    issued_on: date | None = None
    valid_through: date | None = None
    window_through: date | None = None
    source: str | None = None
    confirmed_on: date | None = None
    release: str | None = None
    waived_by: Party | None = None
    papers: tuple[Paper, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """All of it, in the order in which it is sent. Validity was tested on `built_on`, the day at the facility.

    `to_follow` are the codes of what may come after the start and is not there yet.
    """

    built_on: date
    start_date: date
    end_date: date
    terms_version: int
    rule_set: int
    items: tuple[PacketItem, ...]
    to_follow: tuple[str, ...] = ()

    @property
    def papers(self) -> tuple[tuple[PacketItem, Paper], ...]:
        """Every enclosed document with its item, in order."""
        return tuple((item, paper) for item in self.items for paper in item.papers)

    @property
    def partitions(self) -> frozenset[Partition]:
        """The parts of the file of which documents are enclosed."""
        return frozenset(paper.partition for _, paper in self.papers)
