"""What may be read about documents, and of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from credentialing.clients.desk import Desk
from credentialing.domain.documents.document import Document, require_content
from credentialing.domain.documents.proposal import Proposal
from credentialing.domain.documents.sight import READ, Sight
from credentialing.domain.requirement import Partition
from credentialing.storage import documents, proposals
from shared.calendar import earliest_today
from shared.contracts.assignments import ClinicianChanged
from shared.db.work import Work
from shared.errors import NotFound
from shared.files.chunks import FileKey
from shared.reach import Reach
from shared.vault.ciphers import Place
from shared.vault.values import Sealed

Reaches = Mapping[str, Reach]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A document as somebody may see it; `name` and `proposal` only for who may read its content."""

    document: Document
    name: str | None = None
    proposal: Proposal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What is needed to give a document's content out."""

    document: Document
    name: str
    key: FileKey


async def documents_of(work: Work, clinician_id: str, *, reaches: Reaches) -> Sequence[Document]:
    """The clinician's documents of the parts that may be seen, newest first, at most 500. Raises NotFound."""
    sight = await _sight(work, clinician_id, reaches)
    return [one for one in await documents.of_clinician(work.session, clinician_id) if sight.shows(one)]


async def deletions_of(work: Work, clinician_id: str, *, reaches: Reaches) -> Sequence[Any]:
    """The proof of what is gone, of the parts that may be read. Raises NotFound."""
    sight = await _sight(work, clinician_id, reaches)
    gone = await documents.deletions_of(work.session, clinician_id)
    return [one for one in gone if sight.may(READ[Partition(one.partition)])]


async def document_by_id(work: Work, document_id: str, *, reaches: Reaches, desk: Desk) -> Seen:
    """One document. Raises NotFound, PrivateValuesErased, VaultUnavailable."""
    found, sight = await documents.to_see(work, document_id, reaches=reaches)
    return await _opened(work, found, desk) if sight.opens(found) else Seen(document=found)


async def content_of(work: Work, document_id: str, *, reaches: Reaches, desk: Desk) -> Content:
    """What opens a document's content; who took it is noted in the audit.

    Raises NotFound, ContentWithheld, PrivateValuesErased, VaultUnavailable.
    """
    found, sight = await documents.to_see(work, document_id, reaches=reaches)
    if not sight.opens(found):
        raise NotFound(what="document", id=document_id)
    require_content(found)
    work.audit("documents.read_content", object_id=document_id)
    name = await _unsealed(work, found, found.sealed_name, column="name", desk=desk)
    return Content(document=found, name=name, key=await desk.vault.known_file_key(work, found.key_id))


async def waiting_check(work: Work, *, desk: Desk) -> tuple[Document, FileKey] | None:
    """The document that has waited longest for the scanner, and what opens its file."""
    found = await documents.longest_checking(work.session)
    return None if found is None else (found, await desk.vault.known_file_key(work, found.key_id))


async def clinicians_to_judge(work: Work) -> Sequence[str]:
    """Clinicians with a document whose retention is to be judged today; at most 20."""
    return await documents.clinicians_to_judge(work.session, earliest_today(work.now))


async def _sight(work: Work, clinician_id: str, reaches: Reaches) -> Sight:
    sight = await documents.sight_of(work, clinician_id, reaches=reaches)
    is_known = await work.known(ClinicianChanged, clinician_id) is not None
    if not is_known or not any(sight.may(action) for action in reaches):
        raise NotFound(what="clinician", id=clinician_id)
    return sight


async def _opened(work: Work, document: Document, desk: Desk) -> Seen:
    name = await _unsealed(work, document, document.sealed_name, column="name", desk=desk)
    sealed = document.sealed_proposal
    text = await _unsealed(work, document, sealed, column="proposal", desk=desk) if sealed else None
    return Seen(document=document, name=name, proposal=proposals.read(text) if text else None)


async def _unsealed(work: Work, document: Document, sealed: str, *, column: str, desk: Desk) -> str:
    place = Place(table="document", row=document.document_id, column=column)
    return (await desk.vault.open(work, Sealed(sealed), place=place)).reveal()
