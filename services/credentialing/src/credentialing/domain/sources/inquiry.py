"""A question that was put to a source, from the first try to its answer.

The source's trouble never fails a file: the question waits and is put again, later each time, and after a few tries
people are told that they may check by hand meanwhile.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from credentialing.domain.held import Held, HeldStatus
from credentialing.domain.sources.answer import Judged, Pending, RequestError, Trouble
from credentialing.domain.sources.licences import digits_of

FIRST_WAIT_SECONDS = 60
LONGEST_WAIT_SECONDS = 6 * 60 * 60
LONGEST_EXPONENT = 12
TRIES_BEFORE_PEOPLE = 3
"""After so many tries in vain, people are offered the check by hand."""


BY_HAND = "A person confirmed it."


class State(StrEnum):
    """How far a question is. While it is being asked, a lease on its row says so."""

    WAITING = "waiting"
    """To be asked, or asked again after trouble."""
    PENDING = "pending"
    """The source has it and will answer under its reference."""
    ANSWERED = "answered"
    FAILED_REQUEST = "failed_request"
    """The source does not take the question as it stands; a person corrects it or checks by hand."""
    MANUAL = "manual"
    """No such source is set up here."""
    DROPPED = "dropped"
    """The claim was replaced or settled otherwise; nobody waits for the answer."""


OPEN = frozenset({State.WAITING, State.PENDING, State.MANUAL, State.FAILED_REQUEST})
"""The states in which an answer is still wanted."""

ASKABLE = frozenset({State.WAITING, State.PENDING})


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a question is about: a clinician's claim, or a requirement that is looked up without one.

    `jurisdiction` is who issued it, a state code, empty where none did. A claim's `number` is sealed, and its `mark`
    the same for the same digits.
    """

    clinician_id: str
    code: str
    subject: str = ""
    credential_id: str | None = None
    number: str | None = None
    mark: str | None = None
    jurisdiction: str = ""

    @property
    def looked_up(self) -> str | None:
        """By what a source's news is found, without telling the number where that is sealed."""
        return f"{self.jurisdiction.upper()}:{self.mark}" if self.mark else looked_up(self.jurisdiction, self.number)


def looked_up(jurisdiction: str, number: str | None) -> str | None:
    """Jurisdiction and digits, by which a source's news is found; None without a number."""
    digits = digits_of(number)
    return f"{jurisdiction.upper()}:{digits}" if digits else None


def about_claim(held: Held) -> About:
    """What is asked about a claim: who issued it is its licence's state, or the issuer where that is a state."""
    issuer = (held.issuer or "").strip().upper()
    is_state = len(issuer) == 2 and issuer.isalpha()
    return About(
        clinician_id=held.clinician_id,
        code=held.code,
        subject=held.subject,
        credential_id=held.credential_id,
        number=held.number,
        mark=held.mark,
        jurisdiction=held.licence.state if held.licence else issuer if is_state else held.subject,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry:
    """One question, and how far it is.

    `asked_of` is the source. `attempts` counts tries in vain since the last answer; `last_trouble` says in words what
    went wrong then, or what is waited for, and `troubled_since` when the first of these tries was. `heard_at` is when
    the source's newest word was made there, so that an older one does not undo it. `result_id` is the answer, once
    there is one. `work_item_id` is the open work item by which people hear of its trouble, on the assignment
    `work_item_for`; `work_item_version` is its last event's.
    """

    inquiry_id: str
    about: About
    asked_of: str
    opened_at: datetime
    state: State = State.WAITING
    attempts: int = 0
    last_trouble: str | None = None
    troubled_since: datetime | None = None
    reference: str | None = None
    heard_at: datetime | None = None
    result_id: str | None = None
    work_item_id: str | None = None
    work_item_for: str | None = None
    work_item_version: int = 0
    version: int = 0

    @property
    def is_open(self) -> bool:
        """Whether an answer is still wanted."""
        return self.state in OPEN

    @property
    def needs_people(self) -> bool:
        """Whether people should know that the source does not help for now."""
        return self.state is State.FAILED_REQUEST or (self.state in ASKABLE and self.attempts >= TRIES_BEFORE_PEOPLE)

    def asks_alike(self, about: About) -> bool:
        """Whether it is about the same requirement and, of licences, about the same state's."""
        ours, theirs = self.about, about
        return (ours.code, ours.subject, ours.jurisdiction) == (theirs.code, theirs.subject, theirs.jurisdiction)


def after_trouble(inquiry: Inquiry, trouble: Trouble, *, at: datetime) -> Inquiry:
    """The question after a try in vain."""
    since = inquiry.troubled_since if inquiry.attempts else at
    return replace(inquiry, attempts=inquiry.attempts + 1, last_trouble=trouble.why, troubled_since=since)


def after_pending(inquiry: Inquiry, answer: Pending) -> Inquiry:
    """The question while its source works on it."""
    return replace(
        inquiry, state=State.PENDING, reference=answer.reference, attempts=0, last_trouble=answer.why or None
    )


def after_request_error(inquiry: Inquiry, answer: RequestError) -> Inquiry:
    """The question that its source does not take."""
    return replace(inquiry, state=State.FAILED_REQUEST, last_trouble=answer.why)


def after_answer(inquiry: Inquiry, answer: Judged, *, result_id: str) -> Inquiry:
    """The question with its answer; what a person should know of it stays beside it in words."""
    why = getattr(answer, "why", None) or "; ".join(answer.facts.notes) or None
    return replace(inquiry, state=State.ANSWERED, attempts=0, last_trouble=why, result_id=result_id)


def asked_again(inquiry: Inquiry) -> Inquiry:
    """The question put anew, as a person wants it: from the first try on; one that is pending keeps its reference."""
    state = State.PENDING if inquiry.reference and inquiry.state is State.PENDING else State.WAITING
    return replace(inquiry, state=state, attempts=0, last_trouble=None)


def dropped(inquiry: Inquiry) -> Inquiry:
    """The question that nobody waits for any more."""
    return replace(inquiry, state=State.DROPPED)


def closed_by_hand(inquiry: Inquiry, decided: Held) -> Inquiry:
    """The question after a person decided about a claim; unchanged where it is about something else.

    Confirmed: it is answered, and what its source says later still finds it. Refused: nobody waits for the answer, and
    none that comes later makes the claim count. A claim that waits closes nothing.
    """
    is_of_claim = inquiry.about.credential_id == decided.credential_id
    is_alike = inquiry.is_open and inquiry.asks_alike(about_claim(decided))
    if decided.status is HeldStatus.VERIFIED and is_alike:
        return replace(inquiry, state=State.ANSWERED, attempts=0, last_trouble=BY_HAND)
    if decided.status is HeldStatus.REJECTED and (is_of_claim or (is_alike and inquiry.about.credential_id is None)):
        return dropped(inquiry)
    return inquiry


def wait_seconds(attempts: int, *, jitter_thousandths: int) -> int:
    """How long to wait after so many tries in vain: a minute, doubling up to six hours, less up to a quarter by chance.

    `jitter_thousandths` is drawn from 0 to 999; so what failed together is not asked together again.
    """
    whole = min(LONGEST_WAIT_SECONDS, FIRST_WAIT_SECONDS << min(max(attempts - 1, 0), LONGEST_EXPONENT))
    return whole - whole * jitter_thousandths // 4000
