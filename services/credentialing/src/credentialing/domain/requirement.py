"""What is asked: one requirement, as it stands after every rule that asks for it was heard."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from credentialing.domain.validity import Mode, MustCover, Validity


class Scope(StrEnum):
    """Whose rule it is."""

    FEDERAL = "federal"
    STATE = "state"
    ACCREDITATION = "accreditation"
    PAYER = "payer"
    MSP = "msp"
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
    PAYROLL = "payroll"


class Confirmer(StrEnum):
    """Who makes a claim count."""

    SOURCE = "source"
    """Whoever issued it, or an equivalent that the issuer names."""
    SECOND_PERSON = "second_person"
    """Its source is a person: somebody else than who recorded it confirms."""
    CLIENT = "client"
    """The client accepts or refuses it."""
    SPECIALIST = "specialist"
    """A form of our own: complete when a specialist has looked at it."""


PROFESSIONS = {
    "LIC-RN": "RN",
    "LIC-LPN": "LPN",
    "LIC-APRN": "APRN",
    "LIC-CNA": "CNA",
    "LIC-RCP": "RT",
    "LIC-RAD": "RAD_TECH",
    "LIC-PT": "PT",
    "LIC-OT": "OT",
    "LIC-SLP": "SLP",
    "LIC-PHARM": "PHARM",
    "LIC-LAB": "LAB",
    "LIC-BH": "BH",
    "LIC-MD": "MD",
    "LIC-PA": "PA",
    "LIC-EMS": "EMS",
}
"""Items that a licence of any state may meet, if it gives authority where the work is: what it licenses."""


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
    `verify_days` are the usual calendar days to get it and to check it with its source; `obtain_days_at_most` the
    long end. `issuers` are those accepted (None: any; empty: the rules contradict each other), `panel` the analytes
    asked, `lookback_years` how far a search goes back, `satisfied_by` the codes that do instead (`A+B`: both together).
    `due_days_before_start` is when the client wants it; `trails_days` lets it come so many days after the start.
    `rules` are the ids of every rule that asks, `conflicts` says where they contradict each other.
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
    mode: Mode = Mode.STRICT
    confirmed_by: Confirmer = Confirmer.SOURCE
    issuers: tuple[str, ...] | None = None
    panel: tuple[str, ...] = ()
    lookback_years: int | None = None
    satisfied_by: tuple[str, ...] = ()
    due_days_before_start: int = 0
    trails_days: int | None = None
    obtain_days: int = 0
    obtain_days_at_most: int = 0
    verify_days: int = 0
    conflicts: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    @property
    def is_never_waivable(self) -> bool:
        """Whether nobody may waive it: law, licence, exclusion, identity."""
        return self.waivable is Waivable.NEVER

    @property
    def instead(self) -> frozenset[str]:
        """Every code that does instead, or is a part of what does."""
        return frozenset(code for one in self.satisfied_by for code in one.split("+")) - {self.code}

    @property
    def is_licence(self) -> bool:
        """Whether it is met by authority to practise in a state, whichever licence gives that."""
        return self.code in PROFESSIONS and self.bound_to is BoundTo.STATE
