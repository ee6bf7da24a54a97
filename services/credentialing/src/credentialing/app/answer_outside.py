"""Somebody outside answers, by the secret of their link."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from credentialing.app.count_answers import count_answers
from credentialing.domain.outside.errors import AnswerChanged, OutsideLinkInvalid
from credentialing.domain.outside.questions import faults, needs_look
from credentialing.domain.outside.request import Answered, OutsideRequest, answer, decline, opened
from credentialing.storage import files, outside_requests
from credentialing.storage.outside_requests import ANSWER, Confidences
from shared.access.secret_texts import secret_hash
from shared.db.work import Work
from shared.errors import Invalid
from shared.vault.errors import PrivateValuesErased


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerOutside:
    """The link's secret and the answers by question; None: they decline, `because` says why if they like."""

    secret: str
    answers: Mapping[str, str] | None
    because: str = ""


async def answer_outside(work: Work, command: AnswerOutside, *, confidences: Confidences) -> OutsideRequest:
    """Keeps the answer, which may complete the item; the same answer again changes nothing.

    Raises OutsideLinkInvalid, AnswerChanged, Invalid with every fault, and VaultUnavailable.
    """
    digest = secret_hash(command.secret)
    found = await outside_requests.of_secret(work.session, digest)
    if found is None:
        raise OutsideLinkInvalid
    await files.open_of_clinician(work.session, found.clinician_id)
    request = await outside_requests.to_change(work.session, found.request_id)
    said = {"because": command.because} if command.answers is None else command.answers
    mark = secret_hash(command.secret + json.dumps(dict(said), sort_keys=True))
    if request.digest != digest:
        raise OutsideLinkInvalid  # another link was made while this one waited
    if request.answer_mark is not None:
        return _repeated(request, mark)
    current = opened(request, work.now.date())
    _require_sound(work, current, command)
    given = Answered(sealed=await _sealed(work, current, said, confidences), mark=mark, on=work.now.date())
    if command.answers is None:
        return await outside_requests.save(work.session, decline(current, given))
    return await count_answers(work, answer(current, given, needs_look=needs_look(current.kind, command.answers)))


def _repeated(request: OutsideRequest, mark: str) -> OutsideRequest:
    """An answer whose answer got lost on the way is sent again."""
    if request.answer_mark != mark:
        raise AnswerChanged
    return request


def _require_sound(work: Work, request: OutsideRequest, command: AnswerOutside) -> None:
    found = faults(request.kind, command.answers, today=work.now.date()) if command.answers is not None else ()
    if found:
        raise Invalid(findings=found)


async def _sealed(work: Work, request: OutsideRequest, said: Mapping[str, str], confidences: Confidences) -> str:
    try:
        return await confidences.sealed(
            work, said, column=ANSWER, clinician_id=request.clinician_id, request_id=request.request_id
        )
    except PrivateValuesErased:
        raise OutsideLinkInvalid from None  # nothing is kept about somebody who was forgotten
