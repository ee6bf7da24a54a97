"""A document: one version of what somebody sent about a clinician. Its bytes are kept and never changed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from credentialing.domain.documents.errors import (
    AlreadyRefused,
    ContentWithheld,
    DocumentNotUsable,
    PartitionDiffers,
    PartitionMissing,
)
from credentialing.domain.documents.media import MediaType
from credentialing.domain.requirement import Partition

PARTITIONS = (Partition.PERSONNEL, Partition.HEALTH, Partition.BACKGROUND, Partition.I9)
"""The parts that hold documents; what payroll needs is kept there."""

FIRST_LOOK = timedelta(days=365)
"""No rule lets a document go sooner (retention.py)."""


class DocumentStatus(StrEnum):
    """How far a document is."""

    CHECKING = "checking"
    """It waits for the scanner."""
    READY = "ready"
    REFUSED = "refused"
    INFECTED = "infected"


class Origin(StrEnum):
    """How it came."""

    PORTAL = "portal"
    LINK = "link"
    IMPORT = "import"


class WhyRefused(StrEnum):
    """Why a person, or the service, does not take a document."""

    ILLEGIBLE = "illegible"
    WRONG_PERSON = "wrong_person"
    WRONG_DOCUMENT = "wrong_document"
    INCOMPLETE = "incomplete"
    OUT_OF_DATE = "out_of_date"
    FILE_DAMAGED = "file_damaged"


REFUSED_WORDS: Mapping[WhyRefused, str] = {
    WhyRefused.ILLEGIBLE: "its document cannot be read",
    WhyRefused.WRONG_PERSON: "its document names somebody else",
    WhyRefused.WRONG_DOCUMENT: "its document is not the one that is asked for",
    WhyRefused.INCOMPLETE: "a part of its document is missing",
    WhyRefused.OUT_OF_DATE: "its document is out of date",
    WhyRefused.FILE_DAMAGED: "its document's file is damaged",
}
"""Why what was read from it and not confirmed yet is refused with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One version. `replaces` is the one before it, which stays as it is.

    `code` is the requirement that the sender says it is for. `sealed_name` and `sealed_proposal` are private, sealed
    under the clinician's key; `file` names the stored content, `key_id` the key it is sealed with, `sha256` (of the
    content, in hexadecimal) finds it again when it is sent twice. `active` says what in it could act by itself.
    `look_on` is the day on which its retention is judged again.
    """

    document_id: str
    clinician_id: str
    partition: Partition
    media_type: MediaType
    size: int
    sha256: str
    pages: int
    status: DocumentStatus
    file: str
    key_id: str
    sealed_name: str
    uploaded_by: str
    uploaded_at: datetime
    source: Origin
    look_on: date
    code: str | None = None
    sealed_proposal: str | None = None
    active: tuple[str, ...] = ()
    refused_because: WhyRefused | None = None
    refused_by: str | None = None
    replaces: str | None = None
    version: int = 0

    @property
    def may_show_inline(self) -> bool:
        """Whether a browser may show it in a page: nothing in it acts, and browsers know the type."""
        shown = (MediaType.PDF, MediaType.JPEG, MediaType.PNG)
        return not self.active and self.media_type in shown


def partition_for(code: str | None, named: Partition | None, *, asked: Mapping[str, Partition]) -> Partition:
    """Where a document belongs. `asked`: the part of each item of the clinician's files, by its code.

    Raises PartitionMissing, and PartitionDiffers: a test result among cards would be read by who may not.
    """
    known = asked.get(code) if code else None
    if known is None and named is None:
        raise PartitionMissing
    if known and named and known is not named:
        raise PartitionDiffers(item=code)
    found = known or named
    if found not in PARTITIONS:
        raise PartitionMissing
    return found


def scanned(document: Document, *, is_clean: bool) -> Document:
    """The document after the scanner it waited for answered."""
    return replace(document, status=DocumentStatus.READY if is_clean else DocumentStatus.INFECTED)


def refuse(document: Document, because: WhyRefused, *, by: str) -> Document:
    """The document after a person did not take it, or its file was found damaged. Raises AlreadyRefused."""
    if document.status in (DocumentStatus.REFUSED, DocumentStatus.INFECTED):
        raise AlreadyRefused(document_id=document.document_id)
    return replace(document, status=DocumentStatus.REFUSED, refused_because=because, refused_by=by)


def require_content(document: Document) -> None:
    """Content is given out when it was looked into; also of what a person refused. Raises ContentWithheld."""
    if document.status in (DocumentStatus.CHECKING, DocumentStatus.INFECTED):
        raise ContentWithheld(status=document.status.value)


def require_usable(document: Document) -> None:
    """Whether it may back a credential, a source result or a case. Raises DocumentNotUsable."""
    if document.status is not DocumentStatus.READY:
        raise DocumentNotUsable(document_id=document.document_id, status=document.status.value)
