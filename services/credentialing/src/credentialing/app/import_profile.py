"""A clinician's profile comes in from another system."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

from credentialing.app.measure_again import measure_again
from credentialing.app.put_away import Shelf, put_away
from credentialing.clients.desk import Desk, Received
from credentialing.clients.unpacking import Paper
from credentialing.domain.documents.document import DocumentStatus, Origin
from credentialing.domain.documents.upload import Upload
from credentialing.domain.held import Held
from credentialing.domain.profile.importing import (
    Assertion,
    Brought,
    Fate,
    Imported,
    PaperLine,
    Told,
    doubts,
    is_issuer,
    paper_line,
    plan,
)
from credentialing.domain.profile.papers import Listed, belongs, code_in
from credentialing.domain.profile.profile import partition_of
from credentialing.domain.profile.table import Table
from credentialing.storage import assertions, credentials, documents, files
from credentialing.storage.numbers import Numbers
from credentialing.storage.uploads import require_clinician
from shared.db.work import Work
from shared.vault.vault import hold_subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Along:
    """The documents that came along with a profile. In a rehearsal their contents are not kept."""

    desk: Desk
    papers: Sequence[Paper]
    is_rehearsal: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportProfile:
    """What another system says of a clinician; each credential with the hash of its document, or None.

    `along`: the documents that came with it.
    """

    clinician_id: str
    sender: str
    told: Told
    brought: Sequence[Brought]
    hashes: Sequence[str | None]
    along: Along | None = None

    @classmethod
    def of_table(cls, table: Table, *, clinician_id: str, sender: str) -> Self:
        """What a table without faults says, which names nobody and no documents."""
        brought = table.brought
        told, hashes = Told(name=None), (None,) * len(brought)
        return cls(clinician_id=clinician_id, sender=sender, told=told, brought=brought, hashes=hashes)


async def import_profile(work: Work, command: ImportProfile, *, numbers: Numbers) -> Imported:
    """Takes in, as received, what is neither held already nor in conflict; says what came of each.

    What the other system verified is kept as its assertion and confirms nothing. Documents are found by their hashes
    among those that came along and those sent before. Raises NotFound out of reach, PrivateValuesErased,
    VaultUnavailable and FilesUnavailable.
    """
    known = await require_clinician(work, command.clinician_id)
    await hold_subject(work, command.clinician_id)
    await files.open_of_clinician(work.session, command.clinician_id)
    papers = await _put_away(work, command.clinician_id, command.along) if command.along else ()
    held = await credentials.of_clinician(work.session, command.clinician_id)
    marked = [await _marked(one, numbers) for one in command.brought]
    lines = list(plan(marked, held, today=work.now.date()))
    for place, (line, one) in enumerate(zip(lines, marked, strict=True)):
        if line.fate is Fate.TAKEN:
            paper = await _paper(work, command, place=place)
            claim = await _claim(work, one, clinician_id=command.clinician_id, document_id=paper, numbers=numbers)
            await credentials.save(work.session, claim)
            await _assert(work, command, one, claim)
            lines[place] = replace(line, credential_id=claim.credential_id, document_id=paper)
    taken = sum(one.fate is Fate.TAKEN for one in papers)
    details = {"sender": command.sender, "documents": taken}
    work.audit("profiles.import", object_id=command.clinician_id, details=details)
    await measure_again(work, command.clinician_id)
    return Imported(lines=tuple(lines), doubts=doubts(command.told, known), papers=tuple(papers))


async def _put_away(work: Work, clinician_id: str, along: Along) -> Sequence[PaperLine]:
    """Each document in each part of the file that it belongs to, or why not."""
    lines = list[PaperLine]()
    for paper in along.papers:
        one, where = paper.listed, belongs(paper.listed)
        if paper.received is None or not where.partitions:
            because = paper.refusal.code if paper.refusal else where.because
            detail = str(paper.refusal) if paper.refusal else None
            refused = PaperLine(place=one.place, sha256=one.sha256, fate=Fate.REFUSED, because=because, detail=detail)
            lines.append(refused)
            continue
        lines += await _in_its_parts(work, clinician_id, one, received=paper.received, along=along)
    return lines


async def _in_its_parts(
    work: Work, clinician_id: str, one: Listed, *, received: Received, along: Along
) -> Sequence[PaperLine]:
    lines, stores = list[PaperLine](), not along.is_rehearsal
    for part in belongs(one).partitions:
        code = code_in(one, part)
        upload = Upload(clinician_id=clinician_id, partition=part, code=code, name=code or one.path)
        shelf = Shelf(partition=part, source=Origin.IMPORT, stores=stores)
        kept = await put_away(work, upload, received=received, shelf=shelf, desk=along.desk)
        stores = stores and not kept.is_new
        lines.append(paper_line(one.place, kept.document, is_new=kept.is_new))
    return lines


async def _marked(one: Brought, numbers: Numbers) -> Brought:
    number = one.shown.number
    return replace(one, mark=await numbers.mark(number)) if number else one


async def _paper(work: Work, command: ImportProfile, *, place: int) -> str | None:
    """The good document of this hash in the part of the file where the item belongs."""
    sha256, partition = command.hashes[place], partition_of(command.brought[place].code)
    if sha256 is None:
        return None
    found = await documents.with_content(work.session, command.clinician_id, partition=partition, sha256=sha256)
    return found.document_id if found and found.status is DocumentStatus.READY else None


async def _claim(work: Work, one: Brought, *, clinician_id: str, document_id: str | None, numbers: Numbers) -> Held:
    shown, credential_id = one.shown, work.new_id("crd")
    claim = Held(
        credential_id=credential_id,
        clinician_id=clinician_id,
        code=one.code,
        subject=one.subject,
        issued_on=shown.issued_on,
        received_on=work.now.date(),
        received_by=work.principal.subject,
        expires_on=shown.expires_on,
        issuer=shown.issuer,
        panel=shown.panel,
        lookback_years=shown.lookback_years,
        document_id=document_id,
        licence=shown.licence,
        immunity=shown.immunity,
    )
    if shown.number is None:
        return claim
    kept = await numbers.sealed(work, shown.number, clinician_id=clinician_id, credential_id=credential_id)
    return replace(claim, number=kept.text, end=kept.end, mark=kept.mark)


async def _assert(work: Work, command: ImportProfile, one: Brought, claim: Held) -> None:
    if one.word is None:
        return
    assertion = Assertion(
        assertion_id=work.new_id("ast"),
        clinician_id=claim.clinician_id,
        credential_id=claim.credential_id,
        code=claim.code,
        subject=claim.subject,
        sender=command.sender,
        word=one.word,
        is_issuer=is_issuer(one.word, one.shown),
        brought_by=work.principal.subject,
        brought_at=work.now,
    )
    await assertions.save(work.session, assertion)
