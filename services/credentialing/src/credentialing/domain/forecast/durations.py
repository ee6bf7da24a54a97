"""How long items usually take: the catalogue's figures first, then what was measured here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from credentialing.domain.forecast.spread import Spread
from credentialing.domain.requirement import Requirement

PRIOR_COUNTS_AS = 10
"""How many measured cases the expectation before them is worth."""


class Stage(StrEnum):
    """The two waits of an item: until something comes in, and until it is confirmed."""

    OBTAIN = "obtain"
    VERIFY = "verify"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """How many days a stage of an item took in one file, by state and facility."""

    code: str
    state: str
    facility_id: str
    stage: Stage
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Durations:
    """What is known of times for a file at one facility: the cases measured of each code's stage (`by_stage`), and
    since when each code waits.
    """

    state: str = ""
    facility_id: str = ""
    measured: Mapping[tuple[str, Stage], Sequence[Measured]] = field(default_factory=dict)
    waits_since: Mapping[str, date] = field(default_factory=dict)

    def spread(self, requirement: Requirement, stage: Stage) -> Spread:
        """The times of a stage: the usual ones, drawn to those measured anywhere, in the state, at the facility."""
        seen = self.measured.get((requirement.code, stage), ())
        in_state = [one for one in seen if one.state == self.state]
        here = [one for one in in_state if one.facility_id == self.facility_id]
        found = usual(requirement, stage)
        for cases in (seen, in_state, here):
            if cases:
                own = Spread.measured(one.days for one in cases)
                found = own.shrunk_to(found, seen=len(cases), prior_counts_as=PRIOR_COUNTS_AS)
        return found

    def cases(self, code: str) -> int:
        """How many files were measured for a code."""
        return len(self.measured.get((code, Stage.VERIFY), ()))


def by_stage(measured: Iterable[Measured]) -> dict[tuple[str, Stage], list[Measured]]:
    """The cases by code and stage."""
    found: dict[tuple[str, Stage], list[Measured]] = {}
    for one in measured:
        found.setdefault((one.code, one.stage), []).append(one)
    return found


def usual(requirement: Requirement, stage: Stage) -> Spread:
    """What the catalogue expects before anything was measured."""
    if stage is Stage.VERIFY:
        return Spread.usual(min(requirement.verify_days, 1), requirement.verify_days)
    return Spread.usual(requirement.obtain_days, requirement.obtain_days_at_most)
