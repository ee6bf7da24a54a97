"""What is asked of a source."""

from dataclasses import dataclass, field
from datetime import date

from credentialing.domain.screening.matching import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Screened:
    """Whom a list of the excluded is searched for: names and NPI are sent, all else of it is compared here.

    `lists_in_use` are the lists that are loaded here.
    """

    person: Person
    lists_in_use: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question about one clinician.

    `inquiry_id` goes along where a source takes a key, so that a repeated question makes no second order. `name` and
    `email` are the directory's. `number` is the claim's, or the NPI of the directory. `jurisdiction` is who issued it
    (a state code), empty where none did. `today` is the day against which dates are judged. `reference` is the source's
    name for the question while it is pending. `screened` is for lists of the excluded alone. A social security number
    is never part of a question: who needs it asks the clinician on a page of their own.
    """

    inquiry_id: str
    code: str
    today: date
    name: str = ""
    email: str = ""
    number: str | None = None
    jurisdiction: str = ""
    reference: str | None = None
    screened: Screened | None = field(default=None, repr=False)
