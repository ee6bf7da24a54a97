"""Minimum wages in dollars an hour, by the state where the work is done and the work date.

City and county rates are not held. Where the state itself sets several by region, the row has the lowest and
the highest: a rate between the two is to be checked by a person. A state's row holds until its next one;
those for 2027 follow when the states publish them.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from payroll.domain.errors import NoMinimumWageInForce
from payroll.domain.rulebook.in_force import in_force
from shared.periods import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class MinimumWage:
    """The least a worked hour may be paid; `highest_regional_rate` where the state sets more for a region."""

    state: str
    effective_from: date
    rate: Decimal
    source: str
    highest_regional_rate: Decimal | None = None


FEDERAL = (
    MinimumWage(state="US", effective_from=date(2009, 7, 24), rate=Decimal("7.25"), source="29 U.S.C. 206(a)(1)(C)"),
)

# These have no minimum wage of their own, or none above the federal one.
FEDERAL_RATE_ONLY = frozenset("AL GA IA ID IN KS KY LA MS NC ND NH OK PA SC TN TX UT WI WY".split())

_NEW_YEAR = date(2026, 1, 1)
_SUMMARIES = "State minimum wages of 1 January 2026, two published summaries"
_UNCHANGED = "State minimum wages not raised in 2026, two published summaries"
_MID_YEAR = "State minimum wages raised during 2026, two published summaries"
_BOLI = "ORS 653.025, notice of the state's labor bureau"


def _row(state: str, rate: str, source: str = _SUMMARIES, since: date = _NEW_YEAR) -> MinimumWage:
    return MinimumWage(state=state, effective_from=since, rate=Decimal(rate), source=source)


def _regional(state: str, rates: tuple[str, str], source: str, since: date) -> MinimumWage:
    return MinimumWage(
        state=state,
        effective_from=since,
        rate=Decimal(rates[0]),
        source=source,
        highest_regional_rate=Decimal(rates[1]),
    )


STATES = (
    _row("AK", "13.00", _MID_YEAR, date(2025, 7, 1)),
    _row("AK", "14.00", _MID_YEAR, date(2026, 7, 1)),
    _row("AR", "11.00", _UNCHANGED),
    _row("AZ", "15.15"),
    _row("CA", "16.90"),
    _row("CO", "15.16"),
    _row("CT", "16.94"),
    _row("DC", "17.95"),
    _row("DC", "18.40", "D.C. Code 32-1003, one news report of the July 2026 rate", date(2026, 7, 1)),
    _row("DE", "15.00", _UNCHANGED),
    _row("FL", "14.00", _MID_YEAR, date(2025, 9, 30)),
    _row("FL", "15.00", "Fla. Const. art. X, s. 24", date(2026, 9, 30)),
    _row("HI", "16.00"),
    _row("IL", "15.00", _UNCHANGED),
    _row("MA", "15.00", _UNCHANGED),
    _row("MD", "15.00", _UNCHANGED),
    _row("ME", "15.10"),
    _row("MI", "13.73"),
    _row("MN", "11.41"),
    _row("MO", "15.00"),
    _row("MT", "10.85"),
    _row("NE", "15.00"),
    _row("NJ", "15.92"),
    _row("NM", "12.00", _UNCHANGED),
    _row("NV", "12.00", _UNCHANGED),
    _regional("NY", ("16.00", "17.00"), _SUMMARIES, _NEW_YEAR),  # New York City, Long Island, Westchester
    _row("OH", "11.00"),
    _regional("OR", ("14.05", "16.30"), _BOLI, date(2025, 7, 1)),  # Portland metropolitan area
    _regional("OR", ("14.55", "16.80"), _BOLI, date(2026, 7, 1)),
    _row("RI", "16.00"),
    _row("SD", "11.85"),
    _row("VA", "12.77"),
    _row("VT", "14.42"),
    _row("WA", "17.13"),
    _row("WV", "8.75", _UNCHANGED),
)


def federal_minimum_wage(on: date) -> MinimumWage:
    """The federal floor on a work date.

    Raises NoMinimumWageInForce before 24 July 2009. Source: 29 U.S.C. 206(a)(1).
    """
    floor = in_force(FEDERAL, on)
    if floor is None:
        raise NoMinimumWageInForce(state="US", on=on)
    return floor


def minimum_wage(state: str, on: date) -> MinimumWage:
    """The minimum wage of the work state on a work date: its own, or the federal floor where it has none.

    Raises NoMinimumWageInForce for a state or day that is not known, rather than falling to the floor.
    """
    floor = federal_minimum_wage(on)
    if state in FEDERAL_RATE_ONLY:
        return floor
    own = in_force((row for row in STATES if row.state == state), on)
    if own is None:
        raise NoMinimumWageInForce(state=state, on=on)
    return max(own, floor, key=lambda row: row.rate)


def minimum_wages_during(state: str, period: Period) -> tuple[MinimumWage, ...]:
    """Each minimum wage that holds on some day of the period: the first day's, then the raises by date.

    Raises NoMinimumWageInForce when the first day's is not known.
    """
    raises = sorted(
        row.effective_from for row in STATES if row.state == state and period.start < row.effective_from < period.end
    )
    return tuple(minimum_wage(state, day) for day in (period.start, *raises))
