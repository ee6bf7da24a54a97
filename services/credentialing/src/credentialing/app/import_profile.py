"""A clinician's profile comes in from another system."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from credentialing.app.measure_again import measure_again
from credentialing.domain.held import Held
from credentialing.domain.profile.importing import Assertion, Brought, Fate, Imported, Told, doubts, is_issuer, plan
from credentialing.domain.profile.profile import partition_of
from credentialing.storage import assertions, credentials, documents, files
from credentialing.storage.numbers import Numbers
from shared.contracts.assignments import ClinicianChanged
from shared.db.work import Work
from shared.errors import NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportProfile:
    """What another system says of a clinician; each credential with the hash of its document, or None."""

    clinician_id: str
    sender: str
    told: Told
    brought: Sequence[Brought]
    hashes: Sequence[str | None]


async def import_profile(work: Work, command: ImportProfile, *, numbers: Numbers) -> Imported:
    """Takes in, as received, what is neither held already nor in conflict; says what came of each.

    What the other system verified is kept as its assertion and confirms nothing. Documents are found by their hashes
    among those sent before. Raises NotFound out of reach, PrivateValuesErased and VaultUnavailable.
    """
    known = await work.known(ClinicianChanged, command.clinician_id)
    if known is None or not await files.reaches_clinician(work, command.clinician_id):
        raise NotFound(what="clinician", id=command.clinician_id)
    await files.open_of_clinician(work.session, command.clinician_id)
    held = await credentials.of_clinician(work.session, command.clinician_id)
    marked = [await _marked(one, numbers) for one in command.brought]
    lines = list(plan(marked, held, today=work.now.date()))
    for place, (line, one) in enumerate(zip(lines, marked, strict=True)):
        if line.fate is Fate.TAKEN:
            paper = await _paper(work, command, place=place)
            claim = await _claim(work, one, clinician_id=command.clinician_id, document_id=paper, numbers=numbers)
            await credentials.save(work.session, claim)
            await _assert(work, command, one, claim)
            lines[place] = replace(line, credential_id=claim.credential_id)
    work.audit("profiles.import", object_id=command.clinician_id, details={"sender": command.sender})
    await measure_again(work, command.clinician_id)
    return Imported(lines=tuple(lines), doubts=doubts(command.told, known))


async def _marked(one: Brought, numbers: Numbers) -> Brought:
    number = one.shown.number
    return replace(one, mark=await numbers.mark(number)) if number else one


async def _paper(work: Work, command: ImportProfile, *, place: int) -> str | None:
    """The document of this hash in the part of the file where the item belongs."""
    sha256, partition = command.hashes[place], partition_of(command.brought[place].code)
    if sha256 is None:
        return None
    found = await documents.with_content(work.session, command.clinician_id, partition=partition, sha256=sha256)
    return found.document_id if found else None


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
