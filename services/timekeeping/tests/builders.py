"""Valid values of timekeeping, each overridden by keyword."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from shared.contracts.assignments import AssignmentEnded, OfferAccepted, State
from shared.contracts.credentialing import ClearanceGranted, ClearanceRevoked
from shared.contracts.terms import ShiftPattern, Terms, Weekday
from shared.testing import agreed
from shared.testing.agreed import a_facility as a_facility
from timekeeping.domain.changes import adapt
from timekeeping.domain.plan import Contact, Plan, open_plan
from timekeeping.domain.shift import Shift, ShiftState, Worked

TODAY = date(2025, 12, 1)
NOON = datetime(2025, 12, 1, 18, tzinfo=UTC)
"""Noon of TODAY at the facility."""

MON_TUE_WED = (Weekday.MON, Weekday.TUE, Weekday.WED)
THU_FRI_SAT = (Weekday.THU, Weekday.FRI, Weekday.SAT)

LEE = Contact(reference="contact-1", display_name="Avery Lee")
ROSS = Contact(reference="contact-2", display_name="Jo Ross")


def days_12(**overrides: Any) -> ShiftPattern:
    """Three days of twelve paid hours, 07:00 to 19:30, on Monday, Tuesday and Wednesday."""
    valid: dict[str, Any] = {
        "shifts_per_week": 3,
        "starts_at": time(7),
        "ends_at": time(19, 30),
        "weekdays": MON_TUE_WED,
    }
    return ShiftPattern(**valid | overrides)


def nights_12(**overrides: Any) -> ShiftPattern:
    """Three nights of twelve paid hours, 19:00 to 07:30, on Thursday, Friday and Saturday."""
    return days_12(**{"starts_at": time(19), "ends_at": time(7, 30), "weekdays": THU_FRI_SAT} | overrides)


def some_terms(**overrides: Any) -> Terms:
    """Thirteen weeks from Monday 2026-01-05 through Sunday 2026-04-05."""
    return agreed.some_terms(**{"shift_pattern": days_12()} | overrides)


def an_offer(**overrides: Any) -> OfferAccepted:
    return agreed.an_offer(**{"terms": some_terms()} | overrides)


def new_ids(first: int = 1) -> Callable[[str], str]:
    """Ids such as shf_1, shf_2 …, counted per prefix."""
    made: dict[str, int] = {}

    def new_id(prefix: str) -> str:
        made[prefix] = made.get(prefix, first - 1) + 1
        return f"{prefix}_{made[prefix]}"

    return new_id


def a_plan(terms: Terms | None = None, **overrides: Any) -> Plan:
    """Thirty-nine day shifts, shf_1 on Monday 2026-01-05 and so on."""
    today = overrides.pop("today", TODAY)
    opened = open_plan(an_offer(terms=terms or some_terms()), a_facility(), new_id=new_ids(), today=today)
    return replace(opened, **overrides)


def a_ready_plan(**overrides: Any) -> Plan:
    ready: dict[str, Any] = {"clock_registered_on": TODAY, "approver": LEE, "backup_approver": ROSS}
    return a_plan(**ready | overrides)


def adapted(plan: Plan, *, effective_on: date = TODAY, **changes: Any) -> Plan:
    """The plan under its terms with these changes, as the next version; new shifts are shf_101 and so on."""
    newer = replace(plan.terms, version=plan.terms.version + 1, **changes)
    facility = a_facility(facility_id=newer.facility_id)
    ids = new_ids(plan.terms.version * 100 + 1)
    return adapt(plan, newer, facility=facility, effective_on=effective_on, new_id=ids)


def an_end(state: State, on: date) -> AssignmentEnded:
    return AssignmentEnded(assignment_id="asg_1", terms_version=1, ended_on=on, state=state)


def a_grant(valid_through: date) -> ClearanceGranted:
    return ClearanceGranted(assignment_id="asg_1", terms_version=1, valid_through=valid_through)


def a_revocation() -> ClearanceRevoked:
    return ClearanceRevoked(assignment_id="asg_1", terms_version=1, reason="license_expired")


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def a_day_worked(day: date, **overrides: Any) -> Worked:
    """From 07:00 to 19:30 in Chicago in winter, with half an hour's meal."""
    start = datetime.combine(day, time(13), tzinfo=UTC)
    valid: dict[str, Any] = {
        "started_at": start,
        "ended_at": start + timedelta(hours=12, minutes=30),
        "unpaid_meal_minutes": 30,
    }
    return Worked(**valid | overrides)


def shift_on(plan: Plan, day: date) -> Shift:
    [shift] = [shift for shift in plan.shifts if shift.work_date == day]
    return shift


def days_in(plan: Plan, state: ShiftState) -> list[date]:
    return [shift.work_date for shift in plan.shifts if shift.state is state]
