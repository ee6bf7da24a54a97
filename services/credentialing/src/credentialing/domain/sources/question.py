"""What is asked of a source."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question about one clinician.

    `inquiry_id` goes along where a source takes a key, so that a repeated question makes no second order. `name` and
    `email` are the directory's. `number` is the claim's, or the NPI of the directory. `jurisdiction` is who issued it
    (a state code), empty where none did. `today` is the day against which dates are judged. `reference` is the source's
    name for the question while it is pending. A social security number is never part of a question: who needs it asks
    the clinician on a page of their own.
    """

    inquiry_id: str
    code: str
    today: date
    name: str = ""
    email: str = ""
    number: str | None = None
    jurisdiction: str = ""
    reference: str | None = None
