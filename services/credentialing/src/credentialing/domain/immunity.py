"""Whether evidence proves immunity, or freedom from active tuberculosis.

Sources: ACIP, Immunization of Health-Care Personnel (MMWR 60 RR-7, 2011) and its summary tables; CDC, Tuberculosis
Screening of U.S. Health Care Personnel (MMWR 68(19), 2019).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from credentialing.domain.validity import months_after

LIVE_DOSES = 2
LIVE_DOSES_DAYS_APART = 28
SERIES_DOSES = 3
ANTI_HBS_MIU_ML = Decimal(10)
TETANUS_MONTHS = 120
MMR_DISEASES = frozenset({"measles", "mumps", "rubella"})
TWO_STEP_DAYS_APART = range(7, 22)
"""The second skin test is placed one to three weeks after the first."""


class Reason(StrEnum):
    """Why evidence does not do, where more than its absence is to be said."""

    INTERVAL = "interval_lt_28_days"
    ONLY_PRESUMED = "birth_before_1957_presumption"
    BOOSTER_DUE = "booster_due"
    ACTIVE_DISEASE = "active_disease_not_excluded"
    SECOND_STEP = "second_step_missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImmunityEvidence:
    """What a record, a laboratory or a provider says.

    `doses` in any order; `dose_count` where no dates are known. `titres` are the diseases with a positive IgG,
    `confirmed` those a laboratory confirmed, `diagnosed` those a provider diagnosed without one. `anti_hbs` in mIU/mL.
    `has_tdap`: one of the doses was Tdap. `is_presumed`: born before 1957. Of tuberculosis: `blood_negative` is an
    IGRA's result (None: none made), `skin_negatives` the days on which negative skin tests were placed;
    `is_prior_positive` needs `xray_clear` and `symptom_free`.
    """

    doses: tuple[date, ...] = ()
    dose_count: int | None = None
    titres: frozenset[str] = frozenset()
    confirmed: frozenset[str] = frozenset()
    diagnosed: frozenset[str] = frozenset()
    anti_hbs: Decimal | None = None
    has_tdap: bool = False
    is_presumed: bool = False
    blood_negative: bool | None = None
    skin_negatives: tuple[date, ...] = ()
    is_prior_positive: bool = False
    xray_clear: bool | None = None
    symptom_free: bool | None = None

    @property
    def doses_given(self) -> int:
        """How many doses are known of."""
        return max(len(self.doses), self.dose_count or 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Immunity:
    """Whether it is proven; a reason only where there is more to say than that it is not."""

    immune: bool
    reason: Reason | None = None


def immunity(code: str, evidence: ImmunityEvidence, *, on: date) -> Immunity:
    """What the evidence proves for an item on a day; an item without a rule of its own is proven by any dose."""
    return RULES.get(code, _any_dose)(evidence, on)


def _measles_mumps_rubella(evidence: ImmunityEvidence, on: date) -> Immunity:
    """History of disease without a laboratory is no evidence any more; birth before 1957 only a presumption."""
    proven = evidence.titres | evidence.confirmed
    return Immunity(immune=True) if proven >= MMR_DISEASES else _two_live_doses(evidence)


def _varicella(evidence: ImmunityEvidence, on: date) -> Immunity:
    """A provider's diagnosis of chickenpox or shingles counts; what somebody remembers does not."""
    if {"varicella"} & (evidence.titres | evidence.confirmed | evidence.diagnosed):
        return Immunity(immune=True)
    return _two_live_doses(evidence)


def _two_live_doses(evidence: ImmunityEvidence) -> Immunity:
    days = sorted(evidence.doses)
    if len(days) >= LIVE_DOSES:
        if (days[-1] - days[0]).days >= LIVE_DOSES_DAYS_APART:
            return Immunity(immune=True)
        return Immunity(immune=False, reason=Reason.INTERVAL)
    return Immunity(immune=False, reason=Reason.ONLY_PRESUMED if evidence.is_presumed else None)


def _hepatitis_b(evidence: ImmunityEvidence, on: date) -> Immunity:
    """The antibody counts after a whole series; a series whose doses nobody wrote down is taken as whole."""
    is_known = evidence.doses or evidence.dose_count is not None
    has_series = not is_known or evidence.doses_given >= SERIES_DOSES
    is_high = evidence.anti_hbs is not None and evidence.anti_hbs >= ANTI_HBS_MIU_ML
    return Immunity(immune=has_series and is_high)


def _tetanus(evidence: ImmunityEvidence, on: date) -> Immunity:
    """One Tdap as an adult, then Td or Tdap every ten years."""
    if not evidence.has_tdap or not evidence.doses:
        return Immunity(immune=False)
    is_fresh = months_after(max(evidence.doses), TETANUS_MONTHS) >= on
    return Immunity(immune=is_fresh, reason=None if is_fresh else Reason.BOOSTER_DUE)


def _tuberculosis(evidence: ImmunityEvidence, on: date) -> Immunity:
    """A negative blood test, or two skin tests one to three weeks apart; once positive, an X-ray and no symptoms."""
    if evidence.is_prior_positive or evidence.blood_negative is False:
        is_free = bool(evidence.xray_clear and evidence.symptom_free)
        return Immunity(immune=is_free, reason=None if is_free else Reason.ACTIVE_DISEASE)
    if evidence.blood_negative:
        return Immunity(immune=True)
    return _skin_tests(sorted(evidence.skin_negatives))


def _skin_tests(placed: Sequence[date]) -> Immunity:
    pairs = zip(placed, placed[1:], strict=False)
    if any((later - earlier).days in TWO_STEP_DAYS_APART for earlier, later in pairs):
        return Immunity(immune=True)
    return Immunity(immune=False, reason=Reason.SECOND_STEP if placed else None)


def _one_skin_test(evidence: ImmunityEvidence, on: date) -> Immunity:
    """Every year after the baseline one skin test does."""
    if evidence.skin_negatives and not evidence.is_prior_positive and evidence.blood_negative is not False:
        return Immunity(immune=True)
    return _tuberculosis(evidence, on)


def _any_dose(evidence: ImmunityEvidence, on: date) -> Immunity:
    return Immunity(immune=evidence.doses_given > 0)


RULES: Mapping[str, Callable[[ImmunityEvidence, date], Immunity]] = {
    "IMM-MMR": _measles_mumps_rubella,
    "IMM-VAR": _varicella,
    "IMM-HBV": _hepatitis_b,
    "IMM-TDAP": _tetanus,
    "TB-BASE": _tuberculosis,
    "TB-12": _one_skin_test,
}
"""Items whose evidence has a rule; the influenza vaccine is a matter of its season alone."""
