"""What a source said about a claim: the third record beside the document and what was read from it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Outcome(StrEnum):
    """What an answer means for the claim it is about."""

    CONFIRMED = "confirmed"
    REFUTED = "refuted"
    UNCLEAR = "unclear"
    """The source could not tell, or not yet: the claim waits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceResult:
    """One answer of one source, never changed afterwards.

    `code` and `subject` are the requirement's, as in `Requirement`. `source` is a short name such as `oig_leie` or
    `second_person`; `checked_by` a person, or the service itself. `credential_id` is the claim it is about; a look-up
    that no claim preceded has none and makes one when it confirms. `number`, `issued_on`, `expires_on` and
    `status_text` are the source's own words; `discipline` whether it reports an action, None when it does not say;
    `needs_adjudication` whether it found something that people decide about.
    `url`, `document_id` (the printout), `release` (of a list) and `reference` (the source's id) are the evidence.
    `note` is what whoever read the answer adds in words.
    """

    result_id: str
    clinician_id: str
    code: str
    subject: str
    source: str
    outcome: Outcome
    checked_at: datetime
    checked_by: str
    credential_id: str | None = None
    number: str | None = None
    issued_on: date | None = None
    expires_on: date | None = None
    status_text: str | None = None
    discipline: bool | None = None
    needs_adjudication: bool = False
    url: str | None = None
    document_id: str | None = None
    release: str | None = None
    reference: str | None = None
    note: str | None = None
    version: int = 0
