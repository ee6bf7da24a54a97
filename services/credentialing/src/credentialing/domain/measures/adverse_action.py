"""The steps before somebody is refused for what a background report says (Fair Credit Reporting Act).

Disclosure and authorisation stand in the file before a report is used; a person adjudicates the report; a notice with
a copy of it and the summary of rights goes out before any refusal; time to answer follows; only then the final
notice. A dispute stops the clock. Nothing of this happens by itself, and the last step refuses nothing by itself
either: the specialist then rejects the item. State and city laws may ask for more steps.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from credentialing.domain.business_days import business_days_after, is_business_day
from credentialing.domain.measures.errors import (
    DatedOutsideStep,
    DisputeOpen,
    FinalNoticeTooSoon,
    NoticeIncomplete,
    StepOutOfOrder,
    WaitTooShort,
)

AUTHORISATION = "BG-AUTH"
WAIT_BUSINESS_DAYS = 5
"""A "reasonable time" by the law (15 USC 1681b(b)(3)); five business days by practice, and the least here."""
FREE_COPY_DAYS = 60

PRE_ADVERSE_ENCLOSES = ("report_copy", "summary_of_rights")
"""15 USC 1681b(b)(3)(A)."""
FINAL_STATES = ("cra_did_not_decide", "free_copy_60_days", "dispute_right")
"""15 USC 1681m(a), beside name and contact of the consumer reporting agency."""


class Step(StrEnum):
    """How far it is."""

    REVIEW = "review"
    """A person adjudicates the report."""
    PRE_ADVERSE = "pre_adverse"
    """The first notice is out; the wait runs."""
    DISPUTED = "disputed"
    """The person disputes the report; the wait stands still."""
    FINAL = "final"
    CLEARED = "cleared"
    """Adjudicated in favour."""


class Resolution(StrEnum):
    """How a dispute ended."""

    UPHELD = "upheld"
    """The report stays as it is."""
    CORRECTED = "corrected"
    """The report changed: it is adjudicated anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """The wait stands still from `opened_on` through `resolved_on`, both included."""

    opened_on: date
    resolved_on: date | None = None
    resolution: Resolution | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PreAdverse:
    """The first notice: when it went, by whom, and how many business days follow."""

    sent_on: date
    sent_by: str
    wait_business_days: int = WAIT_BUSINESS_DAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class FinalNotice:
    """The last notice: when it went, by whom, and the reporting agency that it names."""

    sent_on: date
    sent_by: str
    cra_name: str
    cra_contact: str

    @property
    def free_copy_until(self) -> date:
        """Through which day the person may ask for a free copy of the report."""
        return self.sent_on + timedelta(days=FREE_COPY_DAYS)


@dataclass(frozen=True, slots=True, kw_only=True)
class AdverseAction:
    """One report on one background item, on its way through the steps.

    `code` is the item; `report` the vendor's id of the report. `reason` says why it was cleared. `version` counts
    saved changes.
    """

    action_id: str
    file_id: str
    assignment_id: str
    clinician_id: str
    facility_id: str
    code: str
    report: str
    opened_on: date
    opened_by: str
    step: Step = Step.REVIEW
    pre_adverse: PreAdverse | None = None
    disputes: tuple[Dispute, ...] = ()
    final: FinalNotice | None = None
    cleared_on: date | None = None
    reason: str | None = None
    version: int = 0

    @property
    def is_open(self) -> bool:
        """Whether a step is still to come."""
        return self.step not in (Step.FINAL, Step.CLEARED)

    @property
    def waits_through(self) -> date | None:
        """The last day of the wait; None before the first notice and while the report is disputed."""
        return None if self.pre_adverse is None else wait_ends(self.pre_adverse, self.disputes)

    @property
    def earliest_final_on(self) -> date | None:
        """The first day on which the final notice may go; None while no day can be named."""
        return earliest_final(self.waits_through)


def wait_ends(notice: PreAdverse, disputes: Sequence[Dispute] = ()) -> date | None:
    """The last business day of the wait, the days under dispute not counted; None while a dispute is open.

    A dispute that was resolved after the wait had ended moves the end to the day of its resolution.
    """
    if any(one.resolved_on is None for one in disputes):
        return None
    day, remaining = notice.sent_on, notice.wait_business_days
    while remaining:
        day += timedelta(days=1)
        remaining -= is_business_day(day) and not _is_paused(day, disputes)
    return max([day, *(one.resolved_on for one in disputes if one.resolved_on)])


def earliest_final(waited_through: date | None) -> date | None:
    """The business day after the wait."""
    return None if waited_through is None else business_days_after(waited_through, 1)


def send_pre_adverse(
    action: AdverseAction, notice: PreAdverse, *, encloses: Sequence[str], today: date
) -> AdverseAction:
    """The first notice went out. Raises StepOutOfOrder, NoticeIncomplete, WaitTooShort and DatedOutsideStep."""
    _must_be(action, Step.REVIEW)
    _must_hold(PRE_ADVERSE_ENCLOSES, encloses)
    if notice.wait_business_days < WAIT_BUSINESS_DAYS:
        raise WaitTooShort(least=WAIT_BUSINESS_DAYS, asked=notice.wait_business_days)
    _must_lie(notice.sent_on, action.opened_on, today)
    return replace(action, step=Step.PRE_ADVERSE, pre_adverse=notice, disputes=())


def dispute(action: AdverseAction, *, on: date, today: date) -> AdverseAction:
    """The person disputes the report. Raises StepOutOfOrder and DatedOutsideStep."""
    _must_be(action, Step.PRE_ADVERSE)
    _must_lie(on, action.pre_adverse.sent_on if action.pre_adverse else action.opened_on, today)
    return replace(action, step=Step.DISPUTED, disputes=(*action.disputes, Dispute(opened_on=on)))


def resolve_dispute(action: AdverseAction, resolution: Resolution, *, on: date, today: date) -> AdverseAction:
    """The reporting agency answered: the wait goes on, or the corrected report is adjudicated anew.

    Raises StepOutOfOrder and DatedOutsideStep.
    """
    _must_be(action, Step.DISPUTED)
    *before, last = action.disputes
    _must_lie(on, last.opened_on, today)
    disputes = (*before, replace(last, resolved_on=on, resolution=resolution))
    if resolution is Resolution.CORRECTED:
        return replace(action, step=Step.REVIEW, pre_adverse=None, disputes=disputes)
    return replace(action, step=Step.PRE_ADVERSE, disputes=disputes)


def send_final(action: AdverseAction, notice: FinalNotice, *, states: Sequence[str], today: date) -> AdverseAction:
    """The last notice went out.

    Raises DisputeOpen, StepOutOfOrder, NoticeIncomplete, FinalNoticeTooSoon and DatedOutsideStep.
    """
    if action.step is Step.DISPUTED:
        raise DisputeOpen(action_id=action.action_id)
    _must_be(action, Step.PRE_ADVERSE)
    _must_hold(FINAL_STATES, states)
    earliest = action.earliest_final_on
    if earliest is None or notice.sent_on < earliest:
        raise FinalNoticeTooSoon(earliest=earliest)
    _must_lie(notice.sent_on, earliest, today)
    return replace(action, step=Step.FINAL, final=notice)


def clear(action: AdverseAction, *, reason: str, on: date) -> AdverseAction:
    """The report does not stand in the way, at any step before the last. Raises StepOutOfOrder."""
    if not action.is_open:
        raise StepOutOfOrder(action_id=action.action_id, step=action.step)
    return replace(action, step=Step.CLEARED, cleared_on=on, reason=reason)


def _must_be(action: AdverseAction, step: Step) -> None:
    if action.step is not step:
        raise StepOutOfOrder(action_id=action.action_id, step=action.step)


def _must_hold(required: Sequence[str], given: Sequence[str]) -> None:
    lacking = [one for one in required if one not in given]
    if lacking:
        raise NoticeIncomplete(lacking=", ".join(lacking))


def _must_lie(day: date, first: date, last: date) -> None:
    if not first <= day <= last:
        raise DatedOutsideStep(first=first, last=last)


def _is_paused(day: date, disputes: Sequence[Dispute]) -> bool:
    return any(one.opened_on <= day and (one.resolved_on is None or day <= one.resolved_on) for one in disputes)
