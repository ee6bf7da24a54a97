"""The pay profile of one assignment: its terms as payroll reads them, what is found, what has come in."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from payroll.domain.bonuses import PlannedBonus, planned_bonuses
from payroll.domain.closing import Closing, closing_of
from payroll.domain.onboarding import (
    NeededPiece,
    PieceLine,
    PieceStatus,
    Receipt,
    needed_pieces,
    reusable,
)
from payroll.domain.pay_package import blocks_pay, package_findings
from payroll.domain.pay_period import PayCalendar, PayPeriod
from shared.contracts.assignments import AssignmentEnded, OfferAccepted, State
from shared.contracts.terms import Terms
from shared.errors import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """That a payroll specialist let a finding stand, and why."""

    code: str
    pointer: str
    note: str
    accepted_by: str
    accepted_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PayFacts:
    """What payroll looks up to open a profile: the work state, its calendar, and the pieces it holds."""

    work_state: str
    calendar: PayCalendar
    held: tuple[Receipt, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One assignment as payroll knows it.

    `findings` are those of `terms` as they were judged, for work from `judged_from` on; `receipts` are all pieces
    that came, needed now or not; `asked_on` is the day when something was last newly asked. `version` counts saved
    changes; decisions leave it alone.
    """

    profile_id: str
    assignment_id: str
    clinician_id: str
    client_id: str
    terms: Terms
    assignment_state: State
    work_state: str
    calendar: PayCalendar
    asked_on: date
    judged_from: date
    findings: tuple[Finding, ...] = ()
    acceptances: tuple[Acceptance, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    closing: Closing | None = None
    version: int = 0

    @property
    def pay_periods(self) -> tuple[PayPeriod, ...]:
        """The weeks that will be paid, in order; at least one."""
        return self.calendar.pay_periods(self.terms.period)

    @property
    def first_pay_date(self) -> date:
        """The day on which the first pay arrives."""
        return self.calendar.pay_period(self.terms.start_date).pay_date

    @property
    def due_at(self) -> datetime:
        """The cut-off before which all must be there: the first one, or the next after a late question."""
        asked_at = self.calendar.instant(self.asked_on)
        coming = (period.cut_off for period in self.pay_periods if period.cut_off >= asked_at)
        return next(coming, self.pay_periods[-1].cut_off)

    @property
    def bonuses(self) -> tuple[PlannedBonus, ...]:
        """Each promised bonus with the pay date that would carry it."""
        return planned_bonuses(self.terms, self.calendar)

    @property
    def needed(self) -> tuple[NeededPiece, ...]:
        """The pieces this assignment needs, there or not."""
        return needed_pieces(self.terms, work_state=self.work_state, pay_date=self.first_pay_date)

    @property
    def missing(self) -> tuple[NeededPiece, ...]:
        """The pieces that have not come."""
        received = {receipt.key for receipt in self.receipts}
        return tuple(needed for needed in self.needed if needed.key not in received)

    @property
    def pieces(self) -> tuple[PieceLine, ...]:
        """Every needed piece with its status."""
        return tuple(self._line(needed) for needed in self.needed)

    @property
    def blocking(self) -> tuple[Finding, ...]:
        """The findings that only new terms lift."""
        return tuple(finding for finding in self.findings if blocks_pay(finding))

    @property
    def to_accept(self) -> tuple[Finding, ...]:
        """The findings that a payroll specialist has still to accept."""
        accepted = {(acceptance.code, acceptance.pointer) for acceptance in self.acceptances}
        return tuple(
            finding
            for finding in self.findings
            if not blocks_pay(finding) and (finding.code, finding.pointer) not in accepted
        )

    @property
    def is_open(self) -> bool:
        """Whether the assignment is still on its way."""
        return self.closing is None

    @property
    def takes_pieces(self) -> bool:
        """Whether a piece that comes now serves it: until the end, and after it while final pay waits for one."""
        return self.is_open or (self.pays and bool(self.missing))

    @property
    def pays(self) -> bool:
        """Whether pay is still to come: the assignment goes on, or it ended after work began."""
        return self.closing is None or self.closing.final_pay_required

    def _line(self, needed: NeededPiece) -> PieceLine:
        receipt = next((receipt for receipt in self.receipts if receipt.key == needed.key), None)
        return PieceLine(
            key=needed.key,
            piece=needed.piece,
            status=PieceStatus.RECEIVED if receipt else PieceStatus.MISSING,
            due_at=self.due_at,
            received_on=receipt.received_on if receipt else None,
            reused=receipt.reused if receipt else False,
        )


def open_profile(offer: OfferAccepted, facts: PayFacts, *, new_id: Callable[[str], str], today: date) -> Profile:
    """The profile of a newly accepted offer: its package judged from the start on, held pieces reused."""
    terms = offer.terms
    return Profile(
        profile_id=new_id("prf"),
        assignment_id=offer.assignment_id,
        clinician_id=offer.clinician_id,
        client_id=offer.client_id,
        terms=terms,
        assignment_state=offer.state,
        work_state=facts.work_state,
        calendar=facts.calendar,
        asked_on=today,
        judged_from=terms.start_date,
        findings=package_findings(terms, work_state=facts.work_state, on=terms.start_date),
        receipts=reusable(facts.held),
    )


def adapt(profile: Profile, terms: Terms, *, work_state: str, effective_on: date, today: date) -> Profile:
    """The profile under new terms, which hold from `effective_on`.

    Older or equal terms, or an ended assignment, change nothing. Pay periods, pay dates and bonuses follow
    the terms. The package is judged again; an acceptance lasts only while the money it was given for is the
    same. Pieces that came are kept, and only what the change needs more is asked for.
    """
    if profile.closing is not None or terms.version <= profile.terms.version:
        return profile
    judged_from = min(max(effective_on, terms.start_date), terms.end_date)
    adapted = replace(profile, terms=terms, work_state=work_state, judged_from=judged_from)
    return _judged(adapted, before=profile, today=today)


def relocate(profile: Profile, work_state: str, *, today: date) -> Profile:
    """The profile when its facility turns out to lie in another state: the same terms under that state's rules.

    An ended assignment stays as it was paid.
    """
    if profile.closing is not None or work_state == profile.work_state:
        return profile
    return _judged(replace(profile, work_state=work_state), before=profile, today=today)


def reuse(profile: Profile, receipts: Iterable[Receipt]) -> Profile:
    """The profile with what the clinician gave for another assignment; what is there already stays as it came."""
    if not profile.takes_pieces:
        return profile
    there = {receipt.key for receipt in profile.receipts}
    more = (receipt for receipt in reusable(receipts) if receipt.key not in there)
    return replace(profile, receipts=(*profile.receipts, *more))


def follow(profile: Profile, state: State) -> Profile:
    """The profile of an assignment that went on to another state; an ended one stays as it ended."""
    return profile if profile.closing is not None else replace(profile, assignment_state=state)


def close(profile: Profile, ended: AssignmentEnded) -> Profile:
    """The profile of an assignment that is over: what was undone, what is owed. Only the first end counts."""
    if profile.closing is not None:
        return profile
    closing = closing_of(
        profile.terms,
        ended,
        was_active=profile.assignment_state is State.ACTIVE,
        pieces_missing=bool(profile.missing),
    )
    return replace(profile, assignment_state=ended.state, closing=closing)


def _judged(profile: Profile, *, before: Profile, today: date) -> Profile:
    """The changed profile with its package judged anew; the day of asking moves when something more is asked."""
    judged = replace(
        profile,
        findings=package_findings(profile.terms, work_state=profile.work_state, on=profile.judged_from),
        acceptances=profile.acceptances if _money(profile) == _money(before) else (),
    )
    return judged if _asks(judged) <= _asks(before) else replace(judged, asked_on=today)


def _asks(profile: Profile) -> set[object]:
    """Everything somebody has to bring or settle."""
    return {*profile.missing, *profile.blocking, *profile.to_accept}


def _money(profile: Profile) -> tuple[object, ...]:
    """Everything that an acceptance of the package was given for."""
    terms = profile.terms
    return (
        profile.work_state,
        terms.pay_package,
        terms.bill_rates,
        terms.guaranteed_hours_per_week,
        terms.shift_pattern,
        terms.housing_mode,
    )
