"""A lead takes the word of an issuer that came through another system."""

from credentialing.app.take_result import take_result
from credentialing.domain.profile.importing import Assertion, accept
from credentialing.domain.source_result import Outcome, SourceResult
from credentialing.storage import assertions, files
from shared.db.work import Work
from shared.errors import NotFound


async def accept_assertion(work: Work, assertion_id: str) -> Assertion:
    """Confirms the claim, dated by when the issuer was asked.

    Raises NotFound, VersionMismatch, AssertionOver and SourceNotIssuer.
    """
    seen = await assertions.to_read(work.session, assertion_id)
    if not await files.reaches_clinician(work, seen.clinician_id):
        raise NotFound(what="assertion", id=assertion_id)
    await files.open_of_clinician(work.session, seen.clinician_id)
    known = await assertions.to_change(work.session, assertion_id, expected_version=work.seen_version)
    by = work.principal.subject
    accepted = await assertions.save(work.session, accept(known, by=by, at=work.now))
    result = SourceResult(
        result_id=work.new_id("res"),
        clinician_id=known.clinician_id,
        code=known.code,
        subject=known.subject,
        source=f"asserted: {known.word.source}",
        outcome=Outcome.CONFIRMED,
        checked_at=min(known.word.at, work.now),
        checked_by=by,
        credential_id=known.credential_id,
        reference=assertion_id,
        note=f"{known.word.by} through {known.sender}",
    )
    await take_result(work, result)
    return accepted
