"""Bodies about what rules may ask of a facility."""

from typing import Annotated, Any, Self

from pydantic import Field, StringConstraints

from credentialing.api.schemas.rules import shown
from credentialing.domain.rulebook.place import FacilityFacts, UnitFacts
from shared.http.bodies import RequestBody, ResponseBody

_FACTS: dict[str, Any] = {
    "setting": "hospital",
    "msp": "Summit Workforce",
    "units": [{"unit": "Case management, remote", "work_mode": "remote", "site": None}],
}

Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]


class UnitFactsIn(RequestBody):
    """How the staff of a unit work, and at which site."""

    unit: Word
    work_mode: Annotated[str, Field(max_length=20)] | None = None
    site: Word | None = None


class FacilityFactsIn(RequestBody):
    """All that rules may ask of a facility: its setting, the managed service provider it orders through, its units."""

    model_config = shown(_FACTS)

    setting: Word | None = None
    msp: Word | None = None
    units: Annotated[tuple[UnitFactsIn, ...], Field(max_length=200)] = ()

    def facts(self, facility_id: str) -> FacilityFacts:
        """The facts of this facility."""
        units = tuple(UnitFacts(unit=one.unit, work_mode=one.work_mode, site=one.site) for one in self.units)
        return FacilityFacts(facility_id=facility_id, setting=self.setting, msp=self.msp, units=units)


class UnitFactsOut(ResponseBody):
    """How the staff of a unit work, and at which site."""

    unit: str
    work_mode: str | None
    site: str | None


class FacilityFactsOut(ResponseBody):
    """What rules may ask of a facility; the version is the ETag, 0 before anybody said."""

    model_config = shown({"facility_id": "fac_01m8095ps8e00rc1kcn27y03zh", **_FACTS})

    facility_id: str
    setting: str | None
    msp: str | None
    units: tuple[UnitFactsOut, ...]

    @classmethod
    def of(cls, facts: FacilityFacts) -> Self:
        """The facts as they are shown."""
        return cls.model_validate(facts)
