"""What terms would mean for payroll, in words, from the same decisions that would be recorded."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from payroll.domain.profile import PayFacts, Profile, adapt, open_profile
from payroll.domain.standing import expected_ready_on
from payroll.domain.weekly_pay import weekly_pay
from shared.contracts.assignments import OfferAccepted
from shared.contracts.previews import Preview, PreviewRequest
from shared.contracts.terms import Terms

UNKNOWN = "preview"
"""Stands for the ids that an offer which nobody accepted does not have; it never leaves a preview."""


def preview_offer(request: PreviewRequest, facts: PayFacts, *, now: datetime) -> Preview:
    """Payroll's answer to terms that are only offered."""
    today = facts.calendar.day_of(now)
    offer = OfferAccepted(
        assignment_id=request.assignment_id or UNKNOWN,
        source=UNKNOWN,
        source_reference=UNKNOWN,
        clinician_id=request.clinician_id,
        client_id=UNKNOWN,
        terms=request.terms,
    )
    profile = open_profile(offer, facts, new_id=lambda _: UNKNOWN, today=today)
    return _answer(profile, today, tuple(_effects(profile)))


def preview_change(profile: Profile, terms: Terms, *, work_state: str, now: datetime) -> Preview:
    """Payroll's answer to new terms, as from today, of an assignment that it already pays; what moves is said first."""
    today = profile.calendar.day_of(now)
    new = replace(terms, version=profile.terms.version + 1)
    adapted = adapt(profile, new, work_state=work_state, effective_on=today, today=today)
    return _answer(adapted, today, (*_moves(profile, adapted), *_effects(adapted)))


def _answer(profile: Profile, today: date, effects: tuple[str, ...]) -> Preview:
    ready = not profile.blocking and not profile.to_accept and not profile.missing
    return Preview(
        service="payroll",
        findings=tuple(replace(finding, pointer=f"/terms{finding.pointer}") for finding in profile.findings),
        expected_ready_on=today if ready else expected_ready_on(profile, today),
        effects=effects,
    )


def _effects(profile: Profile) -> Iterator[str]:
    weeks = len(profile.pay_periods)
    yield f"First pay date {profile.first_pay_date}; {weeks} pay period{'s' if weeks > 1 else ''}"
    week = weekly_pay(profile.terms)
    yield (
        f"Weekly pay {week.total.dollars:,.2f} for {round(week.hours, 2).normalize():f} hours before overtime: "
        f"{week.taxable.dollars:,.2f} taxable, {week.untaxed_stipends.dollars:,.2f} untaxed stipends"
    )
    for bonus in profile.bonuses:
        due = f"paid on {bonus.pay_date}" if bonus.pay_date else "without a pay date"
        yield f"Bonus ({bonus.kind.replace('_', ' ')}) {bonus.amount:,.2f} {due}"
    if profile.missing:
        names = ", ".join(needed.key for needed in profile.missing)
        yield f"Needed by {profile.calendar.day_of(profile.due_at)}: {names}"


def _moves(before: Profile, after: Profile) -> Iterator[str]:
    if before.first_pay_date != after.first_pay_date:
        yield f"First pay date moves from {before.first_pay_date} to {after.first_pay_date}"
    weeks = len(before.pay_periods), len(after.pay_periods)
    if weeks[0] != weeks[1]:
        yield f"Pay periods change from {weeks[0]} to {weeks[1]}"
