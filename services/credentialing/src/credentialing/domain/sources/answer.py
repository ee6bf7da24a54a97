"""What a source may answer, whichever source it is.

Confirmed      it knows the claim and stands behind it
Refuted        it knows better: expired, revoked, of somebody else
NotFound       it knows nothing by what was asked; a slip of the pen more often than a lie, so a person looks
Unclear        it cannot tell, or says what a person must judge
Pending        it took the question and will answer later, under its reference
RequestError   the question is wrong as it stands: asked again it gets the same answer
Trouble        it is away, slow, or not itself: the same question later
"""

from dataclasses import dataclass, field
from datetime import date

from credentialing.domain.source_result import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a source says of a claim, in its own words, as far as it does.

    `discipline` is whether it reports an action, None when it does not say. `url` is where it was read, `reference` the
    source's own id of the answer. `notes` are warnings for whoever looks at it.
    """

    number: str | None = None
    issued_on: date | None = None
    expires_on: date | None = None
    status_text: str | None = None
    discipline: bool | None = None
    url: str | None = None
    reference: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmed:
    """The source stands behind the claim."""

    facts: Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Refuted:
    """The source says otherwise; `why` in words."""

    facts: Facts
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFound:
    """The source knows nothing by this number or name."""

    why: str
    facts: Facts = field(default_factory=Facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unclear:
    """The source cannot tell, or a person must judge what it says.

    `needs_adjudication`: it found something about the person that somebody decides about case by case.
    """

    facts: Facts
    why: str
    needs_adjudication: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """The source works on it; `reference` is its name for the question, `again_in_seconds` when to ask once more."""

    reference: str
    again_in_seconds: int
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestError:
    """The question as it stands gets no answer; to ask it again is no use."""

    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """The source did not answer, or not as itself.

    `again_in_seconds` is when it wants to be asked again, None when it does not say. `is_for_all`: it will not answer
    any other question before then, either.
    """

    why: str
    again_in_seconds: int | None = None
    is_for_all: bool = False


Judged = Confirmed | Refuted | NotFound | Unclear
"""An answer that says something about the claim."""

Answer = Judged | Pending | RequestError | Trouble


def outcome_of(answer: Judged) -> Outcome:
    """What the answer means for the claim: only a source that knows better refutes it."""
    if isinstance(answer, Confirmed):
        return Outcome.CONFIRMED
    return Outcome.REFUTED if isinstance(answer, Refuted) else Outcome.UNCLEAR
