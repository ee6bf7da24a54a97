"""What terms would mean for timekeeping, decided by the same rules and recorded nowhere."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from shared.contracts.assignments import FacilityChanged, OfferAccepted
from shared.contracts.previews import Preview
from shared.contracts.terms import Terms
from shared.hours import Hours
from timekeeping.domain.changes import adapt
from timekeeping.domain.expected import ExpectedShift, usual_hours, weekly_hours
from timekeeping.domain.plan import Plan, open_plan, planned
from timekeeping.domain.steps import expected_ready_on, plan_findings


def preview(terms: Terms, *, facility: FacilityChanged, today: date, plan: Plan | None = None) -> Preview:
    """The answer for an offer or, when its plan exists, for these terms as its next, from today on."""
    after = (
        _opened(terms, facility, today=today) if plan is None else _adapted(plan, terms, facility=facility, today=today)
    )
    return Preview(
        service="timekeeping",
        findings=plan_findings(after),
        expected_ready_on=expected_ready_on(after, today) or today,
        effects=(*_summary(after), *(_difference(plan, after) if plan else ())),
    )


def _opened(terms: Terms, facility: FacilityChanged, *, today: date) -> Plan:
    offer = OfferAccepted(
        assignment_id="",
        source="",
        source_reference="",
        clinician_id="",
        client_id=facility.client_id,
        terms=terms,
    )
    return open_plan(offer, facility, new_id=lambda _: "", today=today)


def _adapted(plan: Plan, terms: Terms, *, facility: FacilityChanged, today: date) -> Plan:
    newer = replace(terms, version=max(terms.version, plan.terms.version + 1))
    return adapt(plan, newer, facility=facility, effective_on=today, new_id=lambda _: "")


def _summary(plan: Plan) -> Iterator[str]:
    shifts = planned(plan)
    hours = Hours(sum(shift.paid_minutes for shift in shifts))
    guaranteed, weekly = plan.terms.guaranteed_hours_per_week, weekly_hours(plan.terms.shift_pattern)
    yield f"{_count(shifts)}, {hours} planned hours; guaranteed {guaranteed:.2f} of {weekly} a week"
    if any(shift.provisional for shift in shifts):
        yield "the days are provisional until the facility schedules them"
    if orientation := [shift for shift in shifts if shift.orientation]:
        yield f"the first {_count(tuple(orientation))} are orientation"
    usual = usual_hours(plan.terms.shift_pattern)
    for shift in shifts:
        if shift.paid_minutes != usual.minutes and shift.work_date >= plan.pattern_from:
            yield f"{Hours(shift.paid_minutes)} hours on {shift.work_date}: clocks change during the shift"


def _difference(before: Plan, after: Plan) -> Iterator[str]:
    old, new = ({shift.work_date: shift for shift in planned(plan)} for plan in (before, after))
    counts = (
        ("added", len(new.keys() - old.keys())),
        ("void", len(old.keys() - new.keys())),
        ("changed", sum(1 for day in old.keys() & new.keys() if old[day] != new[day])),
    )
    yield "against the present plan: " + ", ".join(f"{count} {word}" for word, count in counts)


def _count(shifts: tuple[ExpectedShift, ...]) -> str:
    return f"{len(shifts)} {'shift' if len(shifts) == 1 else 'shifts'}"
