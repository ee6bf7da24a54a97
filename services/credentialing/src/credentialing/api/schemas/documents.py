"""Bodies of the requests and answers about documents."""

from datetime import date, datetime
from typing import Any, Self

from pydantic import ConfigDict

from credentialing.app.put_away import Kept
from credentialing.app.queries.documents import Seen
from credentialing.domain.documents.document import Document, DocumentStatus, Origin, WhyRefused
from credentialing.domain.documents.media import MediaType
from credentialing.domain.documents.proposal import Confidence, Proposal, ReadDay, ReadText
from credentialing.domain.requirement import Partition
from shared.http.bodies import RequestBody, ResponseBody

_LINE: dict[str, Any] = {
    "document_id": "doc_01m8095ps8e00axqcgn5qrg12p",
    "clinician_id": "cln_01m8095ps8e00rc1kcn27y03zg",
    "partition": "personnel",
    "code": "CERT-BLS",
    "media_type": "application/pdf",
    "size": 183402,
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "pages": 1,
    "status": "ready",
    "refused_because": None,
    "active": [],
    "replaces": None,
    "replaced_by": None,
    "uploaded_by": "per_01m8095ps8e00rc1kcn27y03zk",
    "uploaded_at": "2026-01-05T15:00:00Z",
    "source": "link",
}
_PROPOSAL: dict[str, Any] = {
    "number": {"value": "245012345678", "words": "eCard Code: 245012345678", "confidence": "high"},
    "issued_on": {"value": "2025-01-05", "words": "Issue Date 01/05/2025", "confidence": "high"},
    "expires_on": {"value": "2027-01-31", "words": "Renew by 01/31/2027", "confidence": "high"},
    "name": None,
}
_DELETION: dict[str, Any] = {
    "document_id": _LINE["document_id"],
    "partition": "i9",
    "sha256": _LINE["sha256"],
    "rule": "i9-3-and-1-years",
    "kept_through": "2029-11-30",
    "deleted_at": "2029-12-01T06:00:00Z",
    "deleted_by": "system:credentialing",
}


def _example(example: dict[str, Any]) -> ConfigDict:
    return ConfigDict(frozen=True, from_attributes=True, json_schema_extra={"examples": [example]})


class DocumentLine(ResponseBody):
    """A document and how far it is. `active` says what in a PDF could act by itself; such a one is only downloaded."""

    model_config = _example(_LINE)

    document_id: str
    clinician_id: str
    partition: Partition
    code: str | None
    media_type: MediaType
    size: int
    sha256: str
    pages: int
    status: DocumentStatus
    refused_because: WhyRefused | None
    active: tuple[str, ...]
    replaces: str | None
    replaced_by: str | None = None
    uploaded_by: str
    uploaded_at: datetime
    source: Origin


class DocumentList(ResponseBody):
    """The clinician's documents, newest first, of the parts that you may see; at most 500."""

    model_config = _example({"items": [_LINE]})

    items: tuple[DocumentLine, ...]

    @classmethod
    def of(cls, documents: list[Document]) -> Self:
        """Each with the version after it."""
        after = {document.replaces: document.document_id for document in documents if document.replaces}
        lines = (DocumentLine.model_validate(document) for document in documents)
        return cls(items=tuple(line.model_copy(update={"replaced_by": after.get(line.document_id)}) for line in lines))


class ReadDayOut(ResponseBody):
    """A day that was read, and the words that it came from."""

    value: date
    words: str
    confidence: Confidence

    @classmethod
    def of(cls, read: ReadDay | None) -> Self | None:
        """As it is shown."""
        return None if read is None else cls.model_validate(read)


class ReadTextOut(ResponseBody):
    """A number or name that was read, and the words that it came from."""

    value: str
    words: str
    confidence: Confidence

    @classmethod
    def of(cls, read: ReadText | None) -> Self | None:
        """As it is shown."""
        return None if read is None else cls.model_validate(read)


class ProposalOut(ResponseBody):
    """What the text seems to say; a person confirms it when the credential is received, nothing follows by itself."""

    number: ReadTextOut | None
    issued_on: ReadDayOut | None
    expires_on: ReadDayOut | None
    name: ReadTextOut | None

    @classmethod
    def of(cls, proposal: Proposal | None) -> Self | None:
        """As it is shown."""
        if proposal is None:
            return None
        return cls(
            number=ReadTextOut.of(proposal.number),
            issued_on=ReadDayOut.of(proposal.issued_on),
            expires_on=ReadDayOut.of(proposal.expires_on),
            name=ReadTextOut.of(proposal.name),
        )


class DocumentOut(DocumentLine):
    """One document; its file's name and what was read from it only for who may read its content."""

    model_config = _example({**_LINE, "file_name": "BLS card.pdf", "proposal": _PROPOSAL})

    file_name: str | None = None
    proposal: ProposalOut | None = None

    @classmethod
    def of(cls, document: Document) -> Self:
        """Without what is private."""
        return cls.model_validate(document)

    @classmethod
    def seen(cls, seen: Seen) -> Self:
        """As far as it was opened."""
        private = {"file_name": seen.name, "proposal": ProposalOut.of(seen.proposal)}
        return cls.of(seen.document).model_copy(update=private)

    @classmethod
    def kept(cls, kept: Kept) -> Self:
        """As the sender sees it."""
        return cls.of(kept.document)


class DeletionOut(ResponseBody):
    """The proof that a document is gone: which, what had kept it longest and through when."""

    model_config = _example(_DELETION)

    document_id: str
    partition: Partition
    sha256: str
    rule: str
    kept_through: date
    deleted_at: datetime
    deleted_by: str


class DeletionList(ResponseBody):
    """What is gone of the clinician's documents, newest first; at most 500."""

    model_config = _example({"items": [_DELETION]})

    items: tuple[DeletionOut, ...]


class RefuseDocumentIn(RequestBody):
    """Why the document does not do; the clinician is told."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"because": "illegible"}]})

    because: WhyRefused
