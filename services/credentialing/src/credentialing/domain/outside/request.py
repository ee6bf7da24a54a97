"""A request to somebody outside, from asking to answer, step by step while days pass."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from credentialing.domain.outside.errors import NothingToJudge, OutsideLinkInvalid, RequestOver
from credentialing.domain.outside.kinds import ASKING, Kind

FIRST_REMINDER = timedelta(days=3)
BETWEEN_REMINDERS = timedelta(days=7)
MOST_REMINDERS = 4
AFTER_THE_LAST = timedelta(days=7)
"""How long the link is good after the last reminder: 31 days from asking."""


class State(StrEnum):
    """How far a request is."""

    ASKED = "asked"
    REMINDED = "reminded"
    ANSWERED = "answered"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    """We asked the wrong person, or need it no more."""


OPEN = frozenset({State.ASKED, State.REMINDED})


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideRequest:
    """One person asked as one kind about one item of a clinician.

    `sealed_person` (name, e-mail, what we say of the clinician's time there) and `sealed_answer` are private. `digest`
    is of the link's secret, `answer_mark` of the answer together with that secret. `due_on` is when the next step is
    due: a reminder, or the end; None once it is over. `counts` is whether the answer does: None while a person has to
    judge it.
    """

    request_id: str
    clinician_id: str
    code: str
    kind: Kind
    digest: str
    sealed_person: str
    asked_by: str
    asked_on: date
    due_on: date | None
    state: State = State.ASKED
    reminded_on: tuple[date, ...] = ()
    ended_on: date | None = None
    sealed_answer: str | None = None
    answer_mark: str | None = None
    counts: bool | None = None
    judged_by: str | None = None
    judged_because: str | None = None
    version: int = 0

    @property
    def is_open(self) -> bool:
        """Whether an answer is still taken."""
        return self.state in OPEN

    @property
    def expires_on(self) -> date:
        """The first day on which the link opens nothing any more."""
        return self.asked_on + FIRST_REMINDER + BETWEEN_REMINDERS * (MOST_REMINDERS - 1) + AFTER_THE_LAST

    @property
    def waits_for_judgement(self) -> bool:
        """Whether a person has to say whether the answer counts."""
        return self.state is State.ANSWERED and self.counts is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """An answer as it is kept: sealed, with its mark and day."""

    sealed: str
    mark: str
    on: date


def moved(request: OutsideRequest, today: date) -> OutsideRequest:
    """The request after every step that was due by this day, each once and dated by its own day.

    Months may pass in one go. After the last reminder's week it expires.
    """
    while request.due_on is not None and request.due_on <= today:
        request = _stepped(request, request.due_on)
    return request


def _stepped(request: OutsideRequest, on: date) -> OutsideRequest:
    if len(request.reminded_on) == MOST_REMINDERS:
        return _ended(request, State.EXPIRED, on)
    reminded = (*request.reminded_on, on)
    wait = BETWEEN_REMINDERS if len(reminded) < MOST_REMINDERS else AFTER_THE_LAST
    return replace(request, state=State.REMINDED, reminded_on=reminded, due_on=on + wait)


def _ended(request: OutsideRequest, state: State, on: date) -> OutsideRequest:
    return replace(request, state=state, ended_on=on, due_on=None)


def opened(request: OutsideRequest | None, today: date) -> OutsideRequest:
    """The request that a link opens on this day. Raises OutsideLinkInvalid, which does not say why."""
    if request is None or not request.is_open or today >= request.expires_on:
        raise OutsideLinkInvalid
    return request


def answer(request: OutsideRequest, given: Answered, *, needs_look: bool) -> OutsideRequest:
    """The request after it was answered; an answer that needs a look counts only once a person says so."""
    ended = _ended(request, State.ANSWERED, given.on)
    counts = None if needs_look else True
    return replace(ended, sealed_answer=given.sealed, answer_mark=given.mark, counts=counts)


def decline(request: OutsideRequest, given: Answered) -> OutsideRequest:
    """The request after the person would not answer; that says nothing about the clinician."""
    return replace(_ended(request, State.DECLINED, given.on), sealed_answer=given.sealed, answer_mark=given.mark)


def withdraw(request: OutsideRequest, on: date) -> OutsideRequest:
    """The request taken back: its link opens nothing. Raises RequestOver."""
    _require_open(request)
    return _ended(request, State.WITHDRAWN, on)


def renew_link(request: OutsideRequest, digest: str) -> OutsideRequest:
    """The request with another link, the only one that opens it now. Raises RequestOver."""
    _require_open(request)
    return replace(request, digest=digest)


def judge(request: OutsideRequest, *, counts: bool, by: str, because: str) -> OutsideRequest:
    """The request after a person said whether an answer that needed a look counts. Raises NothingToJudge."""
    if not request.waits_for_judgement:
        raise NothingToJudge(request_id=request.request_id)
    return replace(request, counts=counts, judged_by=by, judged_because=because)


def that_count(requests: Sequence[OutsideRequest], code: str) -> tuple[OutsideRequest, ...]:
    """The newest answers that together make a result for the item; empty while they are too few.

    The result is as old as the oldest of them, so that a window before the start is kept by each.
    """
    counted = [one for one in requests if one.code == code and one.state is State.ANSWERED and one.counts]
    newest = sorted(counted, key=lambda one: (one.ended_on or one.asked_on, one.request_id), reverse=True)
    needed = max((ASKING[one.kind].answers_needed for one in newest), default=1)
    return tuple(newest[:needed]) if len(newest) >= needed else ()


def _require_open(request: OutsideRequest) -> None:
    if not request.is_open:
        raise RequestOver(request_id=request.request_id)
