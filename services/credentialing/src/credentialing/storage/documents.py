"""Documents of clinicians, and the proof of those that are gone."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from credentialing.domain.documents.document import Document, DocumentStatus, require_usable
from credentialing.domain.documents.retention import Keeping
from credentialing.domain.documents.sight import Sight
from credentialing.domain.requirement import Partition
from credentialing.storage import files
from credentialing.storage.tables import document, document_deletion
from shared.contracts.assignments import ClinicianChanged
from shared.db.documents import Documents
from shared.db.locks import hold
from shared.db.work import Work
from shared.errors import Finding, Invalid, NotFound
from shared.reach import Reach
from shared.vault.holds import is_held

MOST_LISTED = 500
CLINICIANS_AT_ONCE = 20
LOCK_CLASS = 0xF11E  # any number, the same in every process


def _columns(value: Document) -> Mapping[str, object]:
    return {
        "document_id": value.document_id,
        "clinician_id": value.clinician_id,
        "partition": value.partition.value,
        "sha256": value.sha256,
        "file": value.file,
        "status": value.status.value,
        "look_on": value.look_on,
    }


_documents = Documents(document, Document, _columns)
save, to_read, to_change = _documents.save, _documents.to_read, _documents.to_change


async def sight_of(work: Work, clinician_id: str, *, reaches: Mapping[str, Reach]) -> Sight:
    """What somebody with these reaches may see of the clinician's documents."""
    known = await work.known(ClinicianChanged, clinician_id)
    own = {"clinician_id": clinician_id, "source": known.source if known else None}
    parts = [
        {
            "assignment_id": file.assignment_id,
            "clinician_id": file.clinician_id,
            "facility_id": file.facility_id,
            "is_open": file.is_open,
        }
        for file in await files.of_clinician(work.session, clinician_id)
    ]
    return Sight(reaches=reaches, rows=(own, *parts))


async def to_see(work: Work, document_id: str, *, reaches: Mapping[str, Reach]) -> tuple[Document, Sight]:
    """A document, and what may be seen of it. Raises NotFound, also for one that is not to be seen."""
    found = await _documents.one(work.session, document.c.document_id, value=document_id)
    sight = await sight_of(work, found.clinician_id, reaches=reaches) if found else None
    if found is None or sight is None or not sight.shows(found):
        raise NotFound(what="document", id=document_id)
    return found, sight


async def require_evidence(session: AsyncSession, document_id: str, *, clinician_id: str) -> Document:
    """A document that may back something about this clinician, named in the request's `document_id`.

    Raises Invalid where the clinician has none of this id, DocumentNotUsable.
    """
    found = await _documents.one(session, document.c.document_id, value=document_id)
    if found is None or found.clinician_id != clinician_id:
        message = "The clinician has no such document: name one of theirs, or upload it first."
        raise Invalid(findings=[Finding(pointer="/document_id", code="document_unknown", message=message)])
    require_usable(found)
    return found


async def of_clinician(session: AsyncSession, clinician_id: str) -> Sequence[Document]:
    """The clinician's documents, the newest first, at most 500."""
    is_theirs = document.c.clinician_id == clinician_id
    newest = select(document.c.document_id).where(is_theirs).order_by(document.c.document_id.desc()).limit(MOST_LISTED)
    found = await _documents.find(session, document.c.document_id.in_(newest.scalar_subquery()), limit=MOST_LISTED)
    return found[::-1]


async def every_of_clinician(session: AsyncSession, clinician_id: str) -> Sequence[Document]:
    """All of the clinician's documents, locked for a change, in the order they came."""
    return await _documents.find(session, document.c.clinician_id == clinician_id, limit=100_000, lock=True)


async def with_content(
    session: AsyncSession, clinician_id: str, *, partition: Partition, sha256: str
) -> Document | None:
    """The document of this content in this part of the clinician's file."""
    return await _documents.matching(session, clinician_id=clinician_id, partition=partition.value, sha256=sha256)


async def longest_checking(session: AsyncSession) -> Document | None:
    """The document that has waited longest for the scanner."""
    found = await _documents.find(session, document.c.status == DocumentStatus.CHECKING.value, limit=1)
    return found[0] if found else None


async def clinicians_to_judge(session: AsyncSession, today: date) -> Sequence[str]:
    """Clinicians with a document whose retention is to be judged, and no legal hold; at most 20, in order."""
    columns = document.c
    is_due = (columns.look_on <= today) & ~is_held(columns.clinician_id, today)
    due = select(columns.clinician_id).where(is_due).distinct().order_by(columns.clinician_id)
    return list(await session.scalars(due.limit(CLINICIANS_AT_ONCE)))


async def remove(work: Work, gone: Document, *, kept: Keeping) -> bool:
    """Deletes the row and leaves the proof; whether no other document has the stored content, so that it is to go."""
    await hold_file(work.session, gone.file)
    columns = document.c
    await work.session.execute(delete(document).where(columns.document_id == gone.document_id))
    proof = {
        "document_id": gone.document_id,
        "clinician_id": gone.clinician_id,
        "partition": gone.partition.value,
        "sha256": gone.sha256,
        "rule": kept.rule,
        "kept_through": kept.last_day,
        "deleted_at": work.now,
        "deleted_by": work.principal.subject,
    }
    await work.session.execute(insert(document_deletion).values(**proof))
    return not await files_in_use(work.session, [gone.file])


async def deletions_of(session: AsyncSession, clinician_id: str) -> Sequence[Any]:
    """The proof of what is gone of a clinician, the newest document first, at most 500."""
    columns = document_deletion.c
    asked = select(document_deletion).where(columns.clinician_id == clinician_id)
    return (await session.execute(asked.order_by(columns.document_id.desc()).limit(MOST_LISTED))).all()


async def hold_file(session: AsyncSession, file: str) -> None:
    """Lets one transaction at a time keep or remove the stored content of this name."""
    await hold(session, LOCK_CLASS, names=[file])


async def sharing(session: AsyncSession, file: str) -> Sequence[Document]:
    """Every document of this stored content, locked for a change."""
    return await _documents.find(session, document.c.file == file, lock=True)


async def files_in_use(session: AsyncSession, names: Collection[str]) -> frozenset[str]:
    """Those of these stored contents that a document has."""
    asked = select(document.c.file).where(document.c.file.in_(names))
    return frozenset(await session.scalars(asked))
