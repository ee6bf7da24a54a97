"""What is asked: one requirement, as it stands after every rule that asks for it was heard."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from credentialing.domain.validity import MustCover, Validity


class Scope(StrEnum):
    """Whose rule it is."""

    FEDERAL = "federal"
    STATE = "state"
    ACCREDITATION = "accreditation"
    FACILITY = "facility"
    AGENCY = "agency"


class Waivable(StrEnum):
    """On whose side the approval of a waiver lies; ordered from the strictest by `STRICTEST_FIRST`."""

    NEVER = "never"
    MEDICAL = "medical"
    FACILITY = "facility"
    FACILITY_OR_AGENCY = "facility_or_agency"


STRICTEST_FIRST = tuple(Waivable)


class Party(StrEnum):
    """Who approves a waiver."""

    MEDICAL = "medical"
    FACILITY = "facility"
    AGENCY = "agency"


APPROVERS = {
    Waivable.NEVER: frozenset[Party](),
    Waivable.MEDICAL: frozenset({Party.MEDICAL}),
    Waivable.FACILITY: frozenset({Party.FACILITY}),
    Waivable.FACILITY_OR_AGENCY: frozenset({Party.FACILITY, Party.AGENCY}),
}
"""A waiver is approved on the side that owns the rule (field facts, section 6)."""


class Owner(StrEnum):
    """Whose move it is while the item is missing."""

    CLINICIAN = "clinician"
    SPECIALIST = "credentialing_specialist"
    FACILITY = "facility"


class Partition(StrEnum):
    """The part of the file that holds it; each has its own readers (ADA 29 CFR 1630.14 for health)."""

    PERSONNEL = "personnel"
    HEALTH = "health"
    BACKGROUND = "background"
    I9 = "i9"


class BoundTo(IntEnum):
    """What a credential is good for, from the widest: its clinician, a state, a unit, an assignment."""

    CLINICIAN = 0
    STATE = 1
    UNIT = 2
    ASSIGNMENT = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """One thing asked of a clinician.

    `subject` names the state, unit or assignment it is bound to (empty: the clinician). `obtain_days` and
    `verify_days` are the usual calendar days to get it and to check it with its source. `rules` are the ids
    of every rule that asks.
    """

    code: str
    name: str
    scopes: tuple[Scope, ...]
    validity: Validity
    must_cover: MustCover
    waivable: Waivable
    owner: Owner
    partition: Partition
    bound_to: BoundTo = BoundTo.CLINICIAN
    subject: str = ""
    obtain_days: int = 0
    verify_days: int = 0
    rules: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    @property
    def is_never_waivable(self) -> bool:
        """Whether nobody may waive it: law, licence, exclusion, identity."""
        return self.waivable is Waivable.NEVER
