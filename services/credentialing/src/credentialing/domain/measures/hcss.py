"""The four staffing measures of the Joint Commission: what they count, and of whom.

Do-not-return measures count every placement of a month; the completeness of personnel files is audited on a sample,
and its denominator is the files that were audited: 19 of 20, never 19 of 362.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

MANUAL = "Joint Commission, specifications manual for health care staffing services (HCSS), 2022A and later"


class Engagement(StrEnum):
    """How somebody is placed."""

    PER_DIEM = "per_diem"
    """Shift by shift: no hours are guaranteed (our reading; the terms know no other mark)."""
    TRAVEL = "travel"


class Element(StrEnum):
    """What must all be documented and current for a personnel file to count as complete."""

    CREDENTIALS = "credentials"
    COMPETENCY = "competency"
    BACKGROUND = "background"


class MeasureId(StrEnum):
    """The measures in use since 2022; 1 to 3 are the former set."""

    HCSS_4 = "HCSS-4"
    HCSS_5 = "HCSS-5"
    HCSS_6 = "HCSS-6"
    HCSS_7 = "HCSS-7"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What a measure says: `numerator` of `denominator`, for one engagement, by sample or of all; more is better."""

    measure_id: MeasureId
    name: str
    engagement: Engagement
    numerator: str
    denominator: str
    is_sampled: bool
    source: str = MANUAL


_RETURNED = "Placements of the month of which no customer asked that the person not come back"
_ALL = "Every placement that worked in the month"
_COMPLETE = "Audited files with job-appropriate credentials, competency and background check, all three"
_AUDITED = "Files drawn for the month and audited"

MEASURES = (
    Measure(
        measure_id=MeasureId.HCSS_4,
        name="Do not return, per diem",
        engagement=Engagement.PER_DIEM,
        numerator=_RETURNED,
        denominator=_ALL,
        is_sampled=False,
    ),
    Measure(
        measure_id=MeasureId.HCSS_5,
        name="Do not return, travel",
        engagement=Engagement.TRAVEL,
        numerator=_RETURNED,
        denominator=_ALL,
        is_sampled=False,
    ),
    Measure(
        measure_id=MeasureId.HCSS_6,
        name="Completeness of personnel file, per diem",
        engagement=Engagement.PER_DIEM,
        numerator=_COMPLETE,
        denominator=_AUDITED,
        is_sampled=True,
    ),
    Measure(
        measure_id=MeasureId.HCSS_7,
        name="Completeness of personnel file, travel",
        engagement=Engagement.TRAVEL,
        numerator=_COMPLETE,
        denominator=_AUDITED,
        is_sampled=True,
    ),
)

ELEMENTS = {
    Element.CREDENTIALS: "Licence, certification or registration, or education: current, verified with its primary"
    " source at hire and rehire; expired or undeterminable counts as no.",
    Element.COMPETENCY: "Assessed at hire and rehire and every year: skills checklist, examination, training,"
    " references.",
    Element.BACKGROUND: "Criminal search at hire and rehire, employers verified, references, sanction lists; not"
    " asked yearly.",
}
"""Data elements of the manual: credentials 2025B 0185, competency 2022B 0179, background 0177."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FirmGroup:
    """A size of firm by placements of twelve months, and how many files it audits a month (0: all of them)."""

    letter: str
    from_placements: int
    files_a_month: int
    is_convention: bool


FIRM_GROUPS = (
    FirmGroup(letter="a", from_placements=0, files_a_month=0, is_convention=True),
    FirmGroup(letter="b", from_placements=40, files_a_month=10, is_convention=True),
    FirmGroup(letter="c", from_placements=100, files_a_month=20, is_convention=True),
    FirmGroup(letter="d", from_placements=350, files_a_month=20, is_convention=False),
)
"""The groups are the manual's; of the sizes only that of 350 and more is published where it could be read: 20, at
least and at most. The smaller ones are ours, on the careful side: as many as the largest group from 100 on, ten from
40 on, every file below."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A measure's figure: `numerator` of `denominator` placements or files; no denominator, no rate."""

    numerator: int
    denominator: int

    @property
    def per_mille(self) -> int | None:
        """The rate in thousandths, rounded half up; None without a denominator."""
        if not self.denominator:
            return None
        return (self.numerator * 2000 + self.denominator) // (2 * self.denominator)


def measure(measure_id: MeasureId) -> Measure:
    """The definition of a measure."""
    return next(one for one in MEASURES if one.measure_id is measure_id)


def firm_group(placements_12m: int) -> FirmGroup:
    """The group of a firm, by all its clinical placements of twelve months, per diem and travel together."""
    return max(
        (one for one in FIRM_GROUPS if one.from_placements <= placements_12m), key=lambda one: one.from_placements
    )


def minimum_sample(placements_12m: int, *, placed_in_month: int | None = None) -> int:
    """How many files are audited in a month: the group's number, or all placed when they are fewer."""
    wanted = firm_group(placements_12m).files_a_month or placements_12m
    return wanted if placed_in_month is None else min(wanted, placed_in_month)


def draw(population: Collection[str], size: int, *, seed: str) -> tuple[str, ...]:
    """The `size` ids that this seed draws, in the order of drawing.

    By chance to who does not know the seed, and the same for who does: an auditor can draw it again.
    """
    ranked = sorted(population, key=lambda one: (sha256(f"{seed}/{one}".encode()).digest(), one))
    return tuple(ranked[:size])
