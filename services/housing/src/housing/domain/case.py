"""Housing's case for one assignment: what is known and arranged, and how it opens."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from housing.domain.arrangement import OwnHousing, Release, Unit
from housing.domain.nights import stay_of
from shared.contracts.assignments import FacilityChanged, OfferAccepted, State
from shared.contracts.housing import WeeklyCost
from shared.contracts.terms import HousingMode, Terms
from shared.periods import Period

NEVER_MOVED_IN: Final = frozenset((State.DECLINED, State.FELL_OFF, State.NO_SHOW))
CLIENT_CONFIRMED: Final = frozenset((State.CONFIRMED, State.ONBOARDING, State.CLEARED, State.ACTIVE))


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Who houses the clinician in which nights, and what is arranged for them.

    `asked_on` is the day since which the present steps are asked for; `housing_since` the version of the
    terms since which mode and lodging stipend hold; `agreement_version` the newest terms the clinician
    signed, 0 before any. `past_costs` ended before `costs_from`, when what was arranged or promised changed
    during the stay. `costs_said` counts the times that costs were told to others. `version` counts saved changes
    and is raised by storage alone.
    """

    case_id: str
    assignment_id: str
    clinician_id: str
    client_id: str
    facility_id: str
    time_zone: str
    terms: Terms
    assignment_state: State
    stay: Period
    asked_on: date
    housing_since: int
    agreement_version: int = 0
    own_housing: OwnHousing | None = None
    unit: Unit | None = None
    releases: tuple[Release, ...] = ()
    past_costs: tuple[WeeklyCost, ...] = ()
    costs_from: date = date.min
    costs_said: int = 0
    ended_on: date | None = None
    checked_out_on: date | None = None
    version: int = 0

    @property
    def mode(self) -> HousingMode:
        """Who houses the clinician under the present terms."""
        return self.terms.housing_mode

    @property
    def is_closed(self) -> bool:
        """Whether the assignment is over."""
        return self.ended_on is not None

    @property
    def has_agreement(self) -> bool:
        """Whether the clinician signed the terms that set the present housing, or later ones."""
        return self.agreement_version >= self.housing_since

    @property
    def is_confirmed(self) -> bool:
        """Whether the client confirmed the assignment, so that money may be committed for it."""
        return self.assignment_state in CLIENT_CONFIRMED


def open_case(offer: OfferAccepted, facility: FacilityChanged, *, new_id: Callable[[str], str], today: date) -> Case:
    """The case of an accepted offer, with nothing arranged yet; `today` is the facility's day."""
    return Case(
        case_id=new_id("cas"),
        assignment_id=offer.assignment_id,
        clinician_id=offer.clinician_id,
        client_id=offer.client_id,
        facility_id=facility.facility_id,
        time_zone=facility.time_zone,
        terms=offer.terms,
        assignment_state=offer.state,
        stay=stay_of(offer.terms),
        asked_on=today,
        housing_since=offer.terms.version,
    )


def follow(case: Case, state: State) -> Case:
    """The case with the assignment's present state; a closed case keeps the state it ended in."""
    return case if case.is_closed else replace(case, assignment_state=state)


def follow_facility(case: Case, facility: FacilityChanged) -> Case:
    """The case in its facility's present time zone; a closed case keeps the one it ended in."""
    return case if case.is_closed else replace(case, time_zone=facility.time_zone)
