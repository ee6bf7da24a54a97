"""What somebody outside is asked, as their page shows it: who asks about whom and why, and each question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from portal.api.views.own_file import written_day
from portal.domain.words import kind_words
from shared.errors import Finding

Body = Mapping[str, Any]
Fields = Mapping[str, str]

OF_OUTSIDE: Final = "fs_outside_"
"""How the links of people outside begin."""
ANSWER: Final = "answer_"
"""Before the name of a question, as its field is called."""
BECAUSE: Final = "because"
_POINTER: Final = "/answers/"
_WHY: Final = {
    "supervisor": "has to hear from people who supervised their work",
    "peer": "has to hear from colleagues who worked beside them",
    "employer": "has to confirm where they worked, and when",
    "school": "has to confirm what they studied, and when",
}
_TITLES: Final = {
    "supervisor": "A reference for {name}",
    "peer": "A reference for {name}",
    "employer": "The employment of {name}",
    "school": "The education of {name}",
}
_SHAPES: Final = {"text": "text", "day": "date", "choice": "radio"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question as a field; `is_scale`: its choices stand in one line."""

    field: str
    words: str
    kind: str
    options: tuple[tuple[str, str], ...]
    value: str
    error: str | None
    is_required: bool
    is_scale: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideView:
    """Who asks, about whom and why; the questions with what was typed, and everything that is wrong with that."""

    title: str
    lead: str
    claimed: str
    kept: str
    through: str
    questions: tuple[Question, ...]
    findings: tuple[tuple[str | None, str], ...]
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A page of words alone: what holds, and what to do."""

    title: str
    text: str
    status: int = 200
    tone: str = "info"


NOTHING: Final = Said(
    title="This link opens nothing, or not any more",
    text=(
        "You may have answered already: then there is nothing left to do. Otherwise it was taken back, replaced by a"
        " newer one, or is over a month old. Look for a newer message, or answer the one that you have and ask for"
        " another link."
    ),
    status=404,
    tone="warn",
)
CHANGED: Final = Said(
    title="You answered this before",
    text="Your first answer stands. If something in it is wrong, tell whoever asked you.",
    status=409,
    tone="warn",
)
THANKS: Final = Said(
    title="Thank you",
    text="Your answers arrived. There is nothing left for you to do, and the link opens nothing any more.",
    tone="good",
)
DECLINED: Final = Said(
    title="Thank you for letting us know",
    text="We do not ask you again about this. That you would rather not answer says nothing about the clinician.",
    tone="good",
)


def outside_view(opened: Body, *, agency: str, typed: Fields, findings: Sequence[Finding] = ()) -> OutsideView:
    """The page of an open request; what was typed stays, and every fault stands at its question."""
    name, kind = str(opened["clinician"]), str(opened["kind"])
    errors = {one.pointer.removeprefix(_POINTER): _fault(one) for one in findings}
    questions = tuple(_question(one, typed, errors) for one in opened["questions"])
    reason = _WHY.get(kind, "has to hear from you")
    return OutsideView(
        title=_TITLES.get(kind, "About {name}").format(name=name),
        lead=f"{agency} is about to place {name} with a hospital or clinic, and {reason} before the first day.",
        claimed=str(opened["claimed"]),
        kept=(
            f"{agency} keeps your answers encrypted: its credentialing specialists alone read them, and each opening is"
            " recorded. You need no account; it takes about five minutes."
        ),
        through=written_day(date.fromisoformat(str(opened["expires_on"])) - timedelta(days=1)),
        questions=questions,
        findings=_summary(questions, errors),
        because=typed.get(BECAUSE, ""),
    )


def answers_of(typed: Fields) -> dict[str, str]:
    """The answers by question; what was left empty is not answered."""
    return {name.removeprefix(ANSWER): value for name, value in typed.items() if name.startswith(ANSWER) and value}


def _question(one: Body, typed: Fields, errors: Fields) -> Question:
    name, choices = str(one["name"]), tuple(str(choice) for choice in one["choices"])
    field = f"{ANSWER}{name}"
    return Question(
        field=field,
        words=str(one["words"]),
        kind="textarea" if name == "remarks" else _SHAPES.get(str(one["shape"]), "text"),
        options=tuple((choice, kind_words(choice)) for choice in choices),
        value=typed.get(field, ""),
        error=errors.get(name),
        is_required=bool(one["is_required"]),
        is_scale=bool(choices),
    )


def _summary(questions: Sequence[Question], errors: Fields) -> tuple[tuple[str | None, str], ...]:
    """Each fault with its question, so that the list alone says what is to be done; others without a field."""
    placed = [(one.field, f"{one.words.rstrip('?.')}: {_lower(one.error)}") for one in questions if one.error]
    known = {one.field.removeprefix(ANSWER) for one in questions}
    return (*placed, *((None, message) for name, message in errors.items() if name not in known))


def _fault(one: Finding) -> str:
    return "Answer this." if one.code == "answer_missing" else one.message


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
