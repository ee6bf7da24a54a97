"""What a source's answer does to the claims that it is about.

Confirmed: the claim counts, with the dates that the source gave. Refuted: it never counts again, and a clearance that
rested on it goes. Unclear: the claim waits, and nothing that was confirmed before is lost.
"""

from collections.abc import Sequence
from dataclasses import replace

from credentialing.domain.credential_number import end_of
from credentialing.domain.held import Check, Held, HeldStatus, rejected, verified
from credentialing.domain.source_result import Outcome, SourceResult
from shared.errors import NotFound

REFUTED_WORDS = "the source does not confirm it"


def answered(held: Sequence[Held], result: SourceResult, *, credential_id: str) -> tuple[Held, ...]:
    """Every claim that the answer changes, as it is now; never empty.

    An answer names its claim. One that names none is a look-up: it makes a claim of its own under `credential_id`;
    only a refusal falls on every claim of its kind that still stood. Raises NotFound for a claim that is not there.
    """
    if result.credential_id is not None:
        about = [one for one in held if one.credential_id == result.credential_id]
        if not about:
            raise NotFound(what="credential", id=result.credential_id)
    elif result.outcome is Outcome.REFUTED:
        about = [one for one in held if _is_of_kind(one, result) and one.status is not HeldStatus.REJECTED]
    else:
        about = []
    return tuple(_after(one, result) for one in about or [_looked_up(result, credential_id)])


def _is_of_kind(held: Held, result: SourceResult) -> bool:
    is_same_number = None in (held.end, result.number) or held.end == end_of(result.number)
    return (held.code, held.subject) == (result.code, result.subject) and is_same_number


def _looked_up(result: SourceResult, credential_id: str) -> Held:
    day = result.checked_at.date()
    return Held(
        credential_id=credential_id,
        clinician_id=result.clinician_id,
        code=result.code,
        subject=result.subject,
        issued_on=result.issued_on or day,
        received_on=day,
        end=end_of(result.number),
        document_id=result.document_id,
        received_by=result.checked_by,
    )


def _after(held: Held, result: SourceResult) -> Held:
    noted = replace(
        held, result_id=result.result_id, outcome=result.outcome, needs_adjudication=result.needs_adjudication
    )
    if result.outcome is Outcome.UNCLEAR:
        return noted
    dated = replace(
        noted,
        end=held.end or end_of(result.number),
        source_issued_on=result.issued_on or held.source_issued_on,
        source_expires_on=result.expires_on or held.source_expires_on,
        is_disciplined=bool(result.discipline),
    )
    if result.outcome is Outcome.REFUTED:
        return rejected(dated, result.status_text or REFUTED_WORDS)
    return verified(dated, Check(by=result.checked_by, source=result.source, on=result.checked_at.date()))
