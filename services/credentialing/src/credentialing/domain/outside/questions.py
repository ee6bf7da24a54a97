"""What is asked, by kind: our own forms as data, and what makes an answer one that a person has to look at."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from credentialing.domain.outside.kinds import Kind
from shared.errors import Finding


class Shape(StrEnum):
    """What an answer looks like; each is kept as text."""

    TEXT = "text"
    DAY = "day"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question. `choices` are all that a CHOICE takes, `watched` those of them that a person has to look at."""

    name: str
    words: str
    shape: Shape = Shape.CHOICE
    is_required: bool = True
    choices: tuple[str, ...] = ()
    watched: tuple[str, ...] = ()


YES_NO = ("yes", "no")
GRADES = ("1", "2", "3", "4", "5")
"""From poor to excellent."""


def _grade(name: str, words: str) -> Question:
    return Question(name=name, words=f"{words}, from 1 (poor) to 5 (excellent)", choices=GRADES, watched=("1", "2"))


def _yes(name: str, words: str) -> Question:
    return Question(name=name, words=words, choices=YES_NO, watched=("no",))


def _no(name: str, words: str) -> Question:
    return Question(name=name, words=words, choices=YES_NO, watched=("yes",))


def _text(name: str, words: str, *, is_required: bool = False) -> Question:
    return Question(name=name, words=words, shape=Shape.TEXT, is_required=is_required)


def _day(name: str, words: str, *, is_required: bool = True) -> Question:
    return Question(name=name, words=words, shape=Shape.DAY, is_required=is_required)


_WORK = (
    _grade("clinical_skill", "Clinical skill"),
    _grade("judgement", "Judgement under pressure"),
    _grade("reliability", "Attendance and punctuality"),
    _grade("teamwork", "Work with patients, families and colleagues"),
)

QUESTIONS: Mapping[Kind, tuple[Question, ...]] = MappingProxyType(
    {
        Kind.SUPERVISOR: (
            _yes("supervised", "Did you supervise this clinician's work?"),
            _text("position", "Your position at the time", is_required=True),
            _day("from", "First day that you worked together"),
            _day("through", "Last day; leave it empty if you still do", is_required=False),
            _text("unit", "Unit and kind of patients"),
            *_WORK,
            _yes("rehire", "Would you take this clinician again?"),
            _no("concerns", "Do you know of anything that puts patients at risk?"),
            _text("remarks", "Anything else"),
        ),
        Kind.PEER: (
            _yes("worked_together", "Did you work with this clinician in the last two years?"),
            _text("position", "Your profession and position", is_required=True),
            *_WORK,
            _no("concerns", "Do you know of anything that puts patients at risk?"),
            _yes("recommend", "Do you recommend this clinician for the work?"),
            _text("remarks", "Anything else"),
        ),
        Kind.EMPLOYER: (
            _yes("employed", "Did this person work for you as stated?"),
            _text("title", "Job title", is_required=True),
            _day("from", "First day of employment"),
            _day("through", "Last day; leave it empty while it goes on", is_required=False),
            _yes("eligible", "May this person be employed by you again?"),
            _text("position", "Your name and position", is_required=True),
        ),
        Kind.SCHOOL: (
            _yes("attended", "Was this person enrolled as stated?"),
            _text("programme", "Programme and degree", is_required=True),
            _yes("completed", "Was it completed?"),
            _day("completed_on", "Day of completion"),
            _text("position", "Your name and office", is_required=True),
        ),
    }
)


def faults(kind: Kind, answers: Mapping[str, str], *, today: date) -> tuple[Finding, ...]:
    """Everything that is wrong with answers: missing, unknown, of another shape, or of a day still to come."""
    return tuple(_faults(QUESTIONS[kind], answers, today))


def needs_look(kind: Kind, answers: Mapping[str, str]) -> bool:
    """Whether one of the answers is such that a person decides whether the whole counts."""
    return any(answers.get(one.name) in one.watched for one in QUESTIONS[kind])


def _faults(questions: tuple[Question, ...], answers: Mapping[str, str], today: date) -> Iterator[Finding]:
    known = {one.name: one for one in questions}
    for name in answers.keys() - known.keys():
        yield _fault(name, "question_unknown", "This is not asked.")
    for name, question in known.items():
        given = answers.get(name)
        if given is None:
            if question.is_required:
                yield _fault(name, "answer_missing", f"Answer this: {question.words}.")
        elif question.shape is Shape.CHOICE and given not in question.choices:
            yield _fault(name, "not_a_choice", f"Choose one of {', '.join(question.choices)}.")
        elif question.shape is Shape.DAY and not _is_day(given, today):
            yield _fault(name, "not_a_day", "Give a day that has been, as YYYY-MM-DD.")


def _fault(name: str, code: str, message: str) -> Finding:
    return Finding(pointer=f"/answers/{name}", code=code, message=message)


def _is_day(text: str, today: date) -> bool:
    try:
        return date.fromisoformat(text) <= today
    except ValueError:
        return False
