"""A background and drug vendor: an order is a candidate with an invitation; its answer is a report or a drug screen.

The candidate gives consent and everything private on the vendor's own page; what leaves here is a name, an e-mail
address and our reference. Source: field facts, 4.8.
"""

from collections.abc import Iterable
from datetime import date

from credentialing.domain.sources.answer import (
    Answer,
    Confirmed,
    Facts,
    Pending,
    Refuted,
    RequestError,
    Trouble,
    Unclear,
)
from credentialing.domain.sources.json_values import Json, day_of, instant_of, record_of, records_of, text_of
from credentialing.domain.sources.vendor_status import AT_WORK, VendorStatus, VendorWords, internal_status
from shared.calendar import earliest_today

AGAIN_SECONDS = 6 * 60 * 60
"""The vendor says by itself when something happens; we ask in between, in case that was lost."""

INVITATION = "invitation"
REPORTS = frozenset(("report", "drug_screening", "screening"))
"""What events are about, before the dot in their type."""

_WHY = {
    VendorStatus.INVITED: "The candidate has not answered the vendor's invitation yet.",
    VendorStatus.PENDING: "The vendor works on it.",
    VendorStatus.NEEDS_CANDIDATE: "The vendor waits for the candidate.",
    VendorStatus.NEEDS_ADJUDICATION: "The vendor found something that a person must look at.",
    VendorStatus.PRE_ADVERSE: "The candidate was told what was found and may answer.",
    VendorStatus.ADVERSE: "A person decided against it after the candidate was heard.",
    VendorStatus.DISPUTED: "The candidate disputes what was found.",
    VendorStatus.CANCELED: "The vendor's work was canceled; order it again.",
    VendorStatus.EXPIRED: "The invitation ran out before the candidate answered; order it again.",
    VendorStatus.UNKNOWN: "The vendor's words for it are not known here.",
}


def read_made(status: int, body: object) -> str | Answer:
    """The vendor's id of what was just made there, or why nothing was."""
    failure = _failure(status, body)
    if failure is not None:
        return failure
    return text_of(record_of(body), "id") or Trouble(why="The vendor made it without an id.")


def read_progress(status: int, body: object, *, reference: str) -> Answer:
    """How far the order under this reference is, from a list of its reports, or else of its invitations."""
    failure = _failure(status, body)
    if failure is not None:
        return failure
    newest = _newest(records_of(record_of(body).get("data")))
    if newest is None:
        return Pending(reference=reference, again_in_seconds=AGAIN_SECONDS, why=_WHY[VendorStatus.INVITED])
    return judge_work(newest, reference=reference)


def judge_work(thing: Json, *, reference: str, is_invitation: bool = False) -> Answer:
    """What a report, a drug screen or an invitation means for the claim that it was ordered for."""
    words = words_of(thing, is_invitation=is_invitation)
    status = internal_status(words)
    if status in AT_WORK:
        return Pending(reference=reference, again_in_seconds=AGAIN_SECONDS, why=_WHY[status])
    facts = Facts(
        issued_on=_reported_on(thing),
        status_text=_as_said(words),
        reference=text_of(thing, "id"),
    )
    if status is VendorStatus.CLEAR:
        return Confirmed(facts=facts)
    if status is VendorStatus.ADVERSE:
        return Refuted(facts=facts, why=_WHY[status])
    return Unclear(facts=facts, why=_WHY[status], needs_adjudication=status is VendorStatus.NEEDS_ADJUDICATION)


def _reported_on(thing: Json) -> date | None:
    """The day of the result; of an instant the earliest that it was anywhere here, so that none counts as younger."""
    for name in ("completed_at", "updated_at", "created_at"):
        if instant := instant_of(thing, name):
            return earliest_today(instant)
        if day := day_of(thing, name):
            return day
    return None


def words_of(thing: Json, *, is_invitation: bool = False) -> VendorWords:
    """The vendor's own words in one of its objects."""
    return VendorWords(
        status=text_of(thing, "status"),
        result=text_of(thing, "disposition", "result"),
        assessment=text_of(thing, "assessment"),
        adjudication=text_of(thing, "adjudication"),
        is_invitation=is_invitation or text_of(thing, "object") == INVITATION,
    )


def _newest(things: Iterable[Json]) -> Json | None:
    """Of several reports the last one made: a new one replaces what was canceled or disputed."""
    return max(things, key=lambda one: text_of(one, "created_at") or "", default=None)


def _as_said(words: VendorWords) -> str:
    said = (words.status, words.result, words.assessment, words.adjudication)
    return " / ".join(word for word in said if word)


def _failure(status: int, body: object) -> Answer | None:
    if status in (401, 403):
        return Trouble(why="The vendor does not take our key.", again_in_seconds=30 * 60, is_for_all=True)
    if status == 429:
        return Trouble(why="The vendor says that it was asked too often.", again_in_seconds=120, is_for_all=True)
    if status in (408, 409) or status >= 500:
        return Trouble(why=f"The vendor answers with {status}.")
    if status >= 400:
        record = record_of(body)
        said = text_of(record, "error", "detail", "message") or text_of(record_of(record.get("error")), "message")
        return RequestError(why=said or f"The vendor refuses the order with {status}.")
    return None if isinstance(body, dict) else Trouble(why="The vendor's answer is not what it was.")
