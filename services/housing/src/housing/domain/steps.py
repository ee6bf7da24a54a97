"""What must be true before the clinician has a bed that is paid for, by mode, and what is true already."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate

from housing.domain.case import Case
from housing.domain.rulebook.steps import StepName, effort
from shared.contracts.terms import HousingMode, Terms
from shared.errors import Finding
from shared.periods import Period

Steps = tuple[StepName, ...]
"""Steps of one mode, in the order in which they are usually taken."""

STEPS: dict[HousingMode, Steps] = {
    HousingMode.STIPEND: (StepName.STIPEND_AGREED, StepName.OWN_HOUSING),
    HousingMode.AGENCY_UNIT: (StepName.UNIT_CHOSEN, StepName.UNIT_BOOKED),
    HousingMode.NOT_NEEDED: (),
}
"""All steps of each mode."""

_LODGING = "/terms/pay_package/lodging_per_week"


def is_done(case: Case, step: StepName) -> bool:
    """Whether the step holds for the present nights and terms: a place for other nights does not count."""
    unit, own = case.unit, case.own_housing
    match step:
        case StepName.STIPEND_AGREED:
            return case.has_agreement
        case StepName.OWN_HOUSING:
            return own is not None and _covers(own.nights, case.stay)
        case StepName.UNIT_CHOSEN:
            return unit is not None and unit.nights == case.stay
        case StepName.UNIT_BOOKED:
            return unit is not None and unit.booking is not None and unit.booking.nights == case.stay


def undone(case: Case) -> Steps:
    """The steps that are still ahead."""
    return tuple([step for step in STEPS[case.mode] if not is_done(case, step)])


def commitment_findings(case: Case) -> tuple[Finding, ...]:
    """Every reason why no money may be committed yet; empty when it may."""
    findings = []
    if not case.is_confirmed:
        findings.append(Finding(pointer="", code="not_confirmed", message="The client has to confirm first."))
    if not case.has_agreement:
        message = "The clinician has to sign the agreement to these housing terms first."
        findings.append(Finding(pointer="", code="agreement_not_signed", message=message))
    return tuple(findings)


def terms_findings(terms: Terms) -> tuple[Finding, ...]:
    """What is wrong with the housing part of the terms themselves; only new terms mend it.

    Source: Rev. Proc. 2019-48 (lodging in kind goes with meals only: no lodging stipend beside a unit).
    """
    lodging = terms.pay_package.lodging_per_week
    if terms.housing_mode is HousingMode.STIPEND and lodging <= 0:
        message = "Name the lodging stipend a week, or choose another housing mode."
        return (Finding(pointer=_LODGING, code="stipend_amount_missing", message=message),)
    if terms.housing_mode is HousingMode.AGENCY_UNIT and lodging != Decimal(0):
        message = "A clinician housed by the agency gets no lodging stipend beside the unit."
        return (Finding(pointer=_LODGING, code="stipend_beside_unit", message=message),)
    return ()


def open_from(case: Case) -> date:
    """The first night without a sure bed; the day of departure when every night has one."""
    sure = _sure_nights(case)
    if sure is None or case.stay.start not in sure:
        return case.stay.start
    return min(sure.end, case.stay.end)


def due_on(case: Case, step: StepName) -> date:
    """The last day for a step: days before the first night without a bed, not before it was asked for."""
    days_before = effort(step, case.asked_on).due_days_before
    return max(open_from(case) - timedelta(days=days_before), case.asked_on)


def expected_ready_on(case: Case, ahead: Steps, *, today: date) -> date | None:
    """The day on which the last of the steps ahead is usually done; None when nothing is ahead.

    Steps follow each other from the day they were asked for; once the next is late, all move by its delay.
    """
    if not ahead:
        return None
    steps = STEPS[case.mode]
    days = accumulate(effort(step, case.asked_on).lead_days for step in steps)
    finish = dict(zip(steps, days, strict=True))
    delay = max((today - case.asked_on).days - finish[ahead[0]], 0)
    return case.asked_on + timedelta(days=finish[ahead[-1]] + delay)


def _sure_nights(case: Case) -> Period | None:
    if case.mode is HousingMode.AGENCY_UNIT:
        return case.unit.booking.nights if case.unit and case.unit.booking else None
    return case.own_housing.nights if case.own_housing else None


def _covers(nights: Period, stay: Period) -> bool:
    return nights.start <= stay.start and stay.end <= nights.end
