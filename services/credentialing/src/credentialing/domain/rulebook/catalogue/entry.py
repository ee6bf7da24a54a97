"""What the catalogue says of one item: its usual values, which any rule may override."""

from dataclasses import dataclass
from enum import StrEnum

from credentialing.domain.requirement import BoundTo, Confirmer, Owner, Partition, Requirement, Scope, Waivable
from credentialing.domain.rulebook.disciplines import Group
from credentialing.domain.validity import MustCover, Season, Validity

INFLUENZA = Season(first=(10, 1), last=(3, 31))
"""Usual days; facility or state sets its own each year."""

EVERYBODY = frozenset({Group.EVERYBODY.value})
CLINICAL = frozenset({Group.CLINICAL.value})
EMPLOYED = frozenset({Group.EMPLOYED.value})
TRAVELLING = frozenset({Group.TRAVELLING.value})
CONTRACTED = frozenset({Group.CONTRACTED.value})
AT_HOMES = frozenset({Group.AT_HOMES.value})
PRESCRIBERS = frozenset({"MD", "DO", "APRN", "CRNA", "PA"})


class Category(StrEnum):
    """What sort of item it is."""

    LICENCE = "licence"
    CERTIFICATE = "certificate"
    BACKGROUND = "background"
    EXCLUSION = "exclusion"
    DRUG = "drug"
    TUBERCULOSIS = "tuberculosis"
    IMMUNITY = "immunity"
    EXAM = "exam"
    COMPETENCE = "competence"
    REFERENCE = "reference"
    TRAINING = "training"
    IDENTITY = "identity"
    EMPLOYMENT = "employment"
    PAYROLL = "payroll"
    STATE = "state"
    FACILITY = "facility"
    AGREEMENT = "agreement"
    PHYSICIAN = "physician"
    INSURANCE = "insurance"


class Confidence(StrEnum):
    """How well the usual values are founded."""

    SOURCED = "sourced"
    """A page that is named states them; the usual days are estimates all the same."""
    WEAK = "weak"
    """Only a page of low quality states them."""
    PRACTICE = "practice"
    """Known from practice; no source was read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One item of the catalogue.

    `levels` are whose rules usually ask it, `asked_of` the disciplines or groups, narrowed by `specialties`, `states`
    and `settings` where there are any: none of that asks by itself, a rule does. `obtain` is the short and the long end
    of the calendar days to get it, `verify_days` those to check it with its primary source. `panel` are the
    analytes of a screen. `sources` are
    keys of `sources.SOURCES`.
    """

    code: str
    name: str
    category: Category
    levels: tuple[Scope, ...]
    asked_of: frozenset[str]
    primary_source: str
    confidence: Confidence
    validity: Validity = Validity()
    must_cover: MustCover = MustCover.START
    waivable: Waivable = Waivable.FACILITY_OR_AGENCY
    partition: Partition = Partition.PERSONNEL
    confirmed_by: Confirmer = Confirmer.SOURCE
    owner: Owner = Owner.CLINICIAN
    bound_to: BoundTo = BoundTo.CLINICIAN
    panel: tuple[str, ...] = ()
    lookback_years: int | None = None
    satisfied_by: tuple[str, ...] = ()
    obtain: tuple[int, int] = (0, 0)
    verify_days: int = 0
    specialties: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()
    settings: frozenset[str] = frozenset()
    sources: tuple[str, ...] = ()
    remark: str = ""

    @property
    def usual(self) -> Requirement:
        """The item as it is asked when no rule overrides anything."""
        shortest, longest = self.obtain
        return Requirement(
            code=self.code,
            name=self.name,
            scopes=(),
            validity=self.validity,
            must_cover=self.must_cover,
            waivable=self.waivable,
            owner=self.owner,
            partition=self.partition,
            bound_to=self.bound_to,
            confirmed_by=self.confirmed_by,
            panel=self.panel,
            lookback_years=self.lookback_years,
            satisfied_by=self.satisfied_by,
            obtain_days=shortest,
            obtain_days_at_most=longest,
            verify_days=self.verify_days,
        )


def words(text: str) -> frozenset[str]:
    """The words of a line as a set."""
    return frozenset(text.split())
