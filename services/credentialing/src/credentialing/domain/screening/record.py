"""What is kept of a screening: against which release, by which names and identifiers, with which hits."""

from dataclasses import dataclass
from datetime import datetime

from credentialing.domain.screening.matching import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A row that had to be looked at, or whose name fitted and which cleared all the same.

    `fingerprint` is the row's; `score` how alike the names are as sorted words, 0 to 100, for whoever looks: it decides
    nothing.
    """

    line: int
    fingerprint: str
    verdict: Verdict
    reasons: tuple[str, ...]
    score: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Screening:
    """One person against one release.

    `person_fingerprint` is a keyed hash of the names, birth date and NPI that were compared, which are kept sealed
    beside it; `names_compared` says how many of them. `outcome` is the gravest of the hits, before remembered pairs.
    """

    screening_id: str
    clinician_id: str
    list_name: str
    release_id: str
    person_fingerprint: str
    names_compared: int
    has_birth_date: bool
    has_npi: bool
    outcome: Verdict
    hits: tuple[Hit, ...]
    screened_at: datetime
    version: int = 0
