"""What rules may ask about a facility that no terms and no directory say: its setting, its provider, its units."""

from collections.abc import Iterator
from dataclasses import dataclass

from credentialing.domain.rulebook.rule import Condition
from credentialing.domain.rulebook.specialties import canonical_specialty


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitFacts:
    """One unit: how its staff work (`on_site`, `remote`, `hybrid`), and at which site of the facility."""

    unit: str
    work_mode: str | None = None
    site: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FacilityFacts:
    """A facility: its setting (such as `hospital`, `home_health`), the managed service provider it orders through.

    `rule_set` is the number of the edit that said so; `version` counts saved changes.
    """

    facility_id: str
    setting: str | None = None
    msp: str | None = None
    units: tuple[UnitFacts, ...] = ()
    rule_set: int = 0
    version: int = 0

    def told(self, unit: str) -> Iterator[tuple[Condition, str | None]]:
        """What is so of somebody who works in that unit."""
        yield Condition.SETTING, self.setting
        yield Condition.MSP, self.msp
        for one in self.units:
            if canonical_specialty(one.unit) == canonical_specialty(unit):
                yield Condition.WORK_MODE, one.work_mode
                yield Condition.SITE, one.site
