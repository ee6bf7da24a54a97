"""How a case adapts to new terms, and what it gives up when they change or the assignment ends."""

from dataclasses import replace
from datetime import date

from housing.domain.arrangement import Release, Unit
from housing.domain.case import NEVER_MOVED_IN, Case
from housing.domain.costs import settle
from housing.domain.nights import departure_after, stay_of
from shared.contracts.assignments import AssignmentEnded, FacilityChanged
from shared.contracts.terms import Terms
from shared.periods import Period


def adapt(case: Case, terms: Terms, *, facility: FacilityChanged, effective_on: date, today: date) -> Case:
    """The case under newer terms; older or equal terms, and a closed case, change nothing.

    Moved nights leave a unit chosen, to be confirmed again for them. Another mode or facility gives up what
    was arranged; costs before `effective_on` stay as they were.
    """
    if case.is_closed or terms.version <= case.terms.version:
        return case
    moved = replace(
        settle(case, effective_on) if _bears(terms) != _bears(case.terms) else case,
        terms=terms,
        client_id=facility.client_id,
        facility_id=facility.facility_id,
        time_zone=facility.time_zone,
        stay=stay_of(terms),
    )
    if _promise(terms) != _promise(case.terms):
        moved = replace(moved, housing_since=terms.version)
    if moved.stay != case.stay or moved.housing_since != case.housing_since:
        moved = replace(moved, asked_on=today)
    if moved.facility_id != case.facility_id:
        return _rearranged(moved, reason="facility_changed", today=today)
    if moved.mode is not case.mode:
        return _rearranged(moved, reason="mode_changed", today=today)
    return moved


def close(case: Case, ended: AssignmentEnded) -> Case:
    """The case of an assignment that is over; closing twice changes nothing.

    Nobody moved in: the unit is given up whole. Otherwise the clinician leaves after the last day: booked
    nights after that are given up, the rest awaits check-out, and a unit that was only held is given up.
    """
    if case.is_closed:
        return case
    over = replace(case, assignment_state=ended.state, ended_on=ended.ended_on)
    if ended.state in NEVER_MOVED_IN:
        return _without_unit(over, reason=ended.state.value, on=ended.ended_on)
    return _moved_out(over, reason=ended.state.value, on=ended.ended_on)


def give_up_unit(case: Case, *, reason: str, on: date) -> Case:
    """The case without its unit, if it had one: what was held or booked is a release, past rent stays."""
    return case if case.unit is None else _without_unit(settle(case, on), reason=reason, on=on)


def _promise(terms: Terms) -> tuple[object, ...]:
    """What of the terms the clinician signs for housing."""
    return terms.housing_mode, terms.pay_package.lodging_per_week


def _bears(terms: Terms) -> tuple[object, ...]:
    """What of the terms changes the costs, beside the days."""
    return *_promise(terms), terms.pay_package.tax_home_declared, terms.facility_id


def _rearranged(case: Case, *, reason: str, today: date) -> Case:
    return replace(_without_unit(case, reason=reason, on=today), own_housing=None, asked_on=today)


def _without_unit(case: Case, *, reason: str, on: date) -> Case:
    if case.unit is None:
        return case
    release = Release(unit=case.unit, reason=reason, released_on=on)
    return replace(case, unit=None, releases=(*case.releases, release))


def _moved_out(case: Case, *, reason: str, on: date) -> Case:
    unit = case.unit
    if unit is None or unit.booking is None:
        return _without_unit(case, reason=reason, on=on)
    booked = unit.booking.nights
    departure = departure_after(on, terms=case.terms)
    if departure <= booked.start:
        return _without_unit(case, reason=reason, on=on)
    if departure >= booked.end:
        return case
    lived_in, given_up = (
        _for_nights(unit, nights) for nights in (Period(booked.start, departure), Period(departure, booked.end))
    )
    release = Release(unit=given_up, reason=reason, released_on=on)
    return replace(case, unit=lived_in, releases=(*case.releases, release))


def _for_nights(unit: Unit, nights: Period) -> Unit:
    assert unit.booking is not None
    return replace(unit, nights=nights, booking=replace(unit.booking, nights=nights))
