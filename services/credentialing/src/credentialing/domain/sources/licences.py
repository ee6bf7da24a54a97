"""A licence register: what its answer about one licence says.

The interface is our own and neutral: looked up by jurisdiction, number and kind, answered in two steps. It is shaped
after what public client code shows of the registers that exist; the adapter of a real one is written by somebody who
enrolled there and read its terms (docs/domain/sources.md).

Registers search loosely, so a licence counts only with exactly this number in this jurisdiction.
"""

import re
from collections.abc import Iterable

from credentialing.domain.sources.answer import (
    Answer,
    Confirmed,
    Facts,
    Judged,
    NotFound,
    Pending,
    Refuted,
    RequestError,
    Trouble,
    Unclear,
)
from credentialing.domain.sources.json_values import Json, day_of, record_of, records_of, text_of, truth_of
from credentialing.domain.sources.licence_status import LicenceStanding, standing_of
from credentialing.domain.sources.names import agree
from credentialing.domain.sources.question import Question

AGAIN_SECONDS = 300
"""How long such a register works on a question."""
BLOCKED_SECONDS = 30 * 60
"""How long one that was asked too often answers nobody (field facts, 4.5)."""

_WORDS = {
    LicenceStanding.ENDED: "The register says that the licence has ended.",
    LicenceStanding.TAKEN: "The register says that the licence was suspended or taken.",
}


def read_taken(status: int, body: object) -> Answer:
    """What the register says to a question that it was sent: its reference, or why it takes none."""
    failure = _failure(status, body)
    if failure is not None:
        return failure
    reference = text_of(record_of(body), "transaction", "transaction_id")
    if reference is None:
        return Trouble(why="The register took the question without a reference.")
    return Pending(reference=reference, again_in_seconds=AGAIN_SECONDS, why="The register works on it.")


def read_answer(status: int, body: object, *, question: Question, kind: str) -> Answer:
    """What the register answers under a reference, about a licence of this kind (`RN`, `PT` …)."""
    failure = _failure(status, body)
    if failure is not None:
        return failure
    record = record_of(body)
    if not truth_of(record, "complete"):
        return Pending(
            reference=question.reference or "", again_in_seconds=AGAIN_SECONDS, why="The register works on it."
        )
    ours = [one for one in records_of(record.get("answers")) if text_of(one, "record") in (None, question.inquiry_id)]
    if not ours:
        return Trouble(why="The register's answer is not about this question.")
    refused = [said for problem in records_of(ours[0].get("problems")) if (said := text_of(problem, "text", "code"))]
    if refused:
        return RequestError(why="; ".join(refused))
    return _found(ours[0], question, kind)


def judge_licence(licence: Json, question: Question, *, names: Iterable[str] = ()) -> Judged:
    """What one licence's record means on the day of the question; `names` are those that the register has for it."""
    words = text_of(licence, "status")
    disciplines = records_of(licence.get("disciplines"))
    facts = Facts(
        number=text_of(licence, "number"),
        issued_on=day_of(licence, "issued_on"),
        expires_on=day_of(licence, "expires_on"),
        status_text=words,
        discipline=bool(disciplines) or bool(truth_of(licence, "disciplined")),
        url=text_of(licence, "url"),
        reference=question.reference,
        notes=_notes(licence, disciplines),
    )
    standing = standing_of(words, is_active=truth_of(licence, "active"))
    if standing in _WORDS:
        return Refuted(facts=facts, why=_WORDS[standing])
    if facts.expires_on is not None and facts.expires_on < question.today:
        return Refuted(facts=facts, why="The licence has expired.")
    doubt = _doubt(standing, facts, is_named=not names or agree(question.name, names))
    return Unclear(facts=facts, why=doubt) if doubt else Confirmed(facts=facts)


def _doubt(standing: LicenceStanding, facts: Facts, *, is_named: bool) -> str:
    """What a person must look at before the licence counts; empty when nothing."""
    if facts.discipline or standing is LicenceStanding.RESTRICTED:
        return "The register reports discipline or terms; look what they are."
    if standing is LicenceStanding.UNKNOWN:
        return "The register's words for the licence are not known to mean that it is active."
    if facts.expires_on is None:
        return "The register does not say how long the licence lasts."
    return "" if is_named else "The register has the licence under another name."


def _found(answer: Json, question: Question, kind: str) -> Answer:
    person = record_of(answer.get("person"))
    names = [name for name in (_whole_name(person), *map(_whole_name, records_of(person.get("other_names")))) if name]
    same = [one for one in records_of(answer.get("licences")) if _is_asked(one, question, kind)]
    if not same:
        return NotFound(why="The register has no such licence in this jurisdiction.")
    judged = [judge_licence(one, question, names=names) for one in same]
    return next((one for one in judged if isinstance(one, Confirmed)), judged[0])


def _is_asked(licence: Json, question: Question, kind: str) -> bool:
    return (
        is_same_number(text_of(licence, "number"), question.number)
        and (text_of(licence, "jurisdiction") or "").upper() == question.jurisdiction.upper()
        and (text_of(licence, "kind") or kind).upper() == kind.upper()
    )


def plain_number(number: str | None) -> str:
    """A licence number without the spaces, dots, hyphens and leading zeros that people write or leave out."""
    return re.sub(r"(?<![0-9])0+(?=[0-9])", "", re.sub(r"[^0-9A-Z]", "", (number or "").upper()))


def digits_of(number: str | None) -> str:
    """Its digits alone; the whole of a number without any."""
    plain = plain_number(number)
    return "".join(re.findall(r"[0-9]+", plain)) or plain


def is_same_number(one: str | None, other: str | None) -> bool:
    """Whether both are the same number: every digit, and the letters, where neither leaves them out."""
    ours, theirs = plain_number(one), plain_number(other)
    if not ours or not theirs or ours.isdigit() == theirs.isdigit():
        return ours == theirs != ""
    return digits_of(ours) == digits_of(theirs)


def _failure(status: int, body: object) -> Answer | None:
    """A register of this kind answers 403 to whoever asks too often, and to nobody for half an hour."""
    if status in (403, 429):
        return Trouble(why="The register says that it was asked too often.", again_in_seconds=BLOCKED_SECONDS,
                       is_for_all=True)  # fmt: skip
    if status == 401:
        return Trouble(
            why="The register does not take our password.", again_in_seconds=BLOCKED_SECONDS, is_for_all=True
        )
    if status == 408 or status >= 500:
        return Trouble(why=f"The register answers with {status}.")
    if status >= 400:
        said = text_of(record_of(body), "detail", "message", "title")
        return RequestError(why=said or f"The register refuses the question with {status}.")
    return None if isinstance(body, dict) else Trouble(why="The register's answer is not what it was.")


def _notes(licence: Json, disciplines: Iterable[Json]) -> tuple[str, ...]:
    compact = text_of(licence, "compact")
    taken = [f"discipline of {text_of(one, 'taken_on') or 'unknown date'}" for one in disciplines]
    privileges = [one for one in disciplines if truth_of(one, "against_privilege")]
    return (
        *([f"compact: {compact}"] if compact else []),
        *taken,
        *(["against the privilege to practise, not the licence"] if privileges else []),
    )


def _whole_name(person: Json) -> str:
    return " ".join(part for name in ("first_name", "last_name") if (part := text_of(person, name)))
