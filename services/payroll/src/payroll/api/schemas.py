"""Bodies of payroll's requests and answers."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Self

from pydantic import ConfigDict

from payroll.domain.onboarding import Piece, PieceStatus
from payroll.domain.pay_period import PayPeriod
from payroll.domain.profile import Profile
from payroll.domain.standing import standing
from payroll.domain.weekly_pay import WeeklyPay, weekly_pay
from shared.contracts.assignments import State
from shared.contracts.terms import BonusKind
from shared.errors import Finding
from shared.http.bodies import RequestBody, ResponseBody, Text
from shared.http.masking import MONEY
from shared.http.standings import STANDING, StandingOut

_PROFILE: dict[str, Any] = {
    "profile_id": "prf_01m8095ps8e00axqcgn5qrg12p",
    "assignment_id": "asg_01m8095ps8e00rc1kcn27y03zf",
    "clinician_id": "cln_01m8095ps8e00rc1kcn27y03zg",
    "client_id": "cli_01m8095ps8e00rc1kcn27y03zh",
    "facility_id": "fac_01m8095ps8e00rc1kcn27y03zj",
    "assignment_state": "accepted",
    "work_state": "AZ",
    "terms_version": 1,
    "start_date": "2026-02-02",
    "end_date": "2026-02-14",
    "is_open": True,
    "first_pay_date": "2026-02-13",
    "due_at": "2026-02-11T17:00:00Z",
    "weekly_pay": {"hours": "36.00", "taxable": "864.00", "untaxed_stipends": "1120.00", "total": "1984.00"},
    "findings": [
        {
            "pointer": "/pay_package/lodging_per_week",
            "code": "check_per_diem_of_locality",
            "message": "Above the standard per diem of 770.00 a week; check the locality's rate.",
            "blocks_pay": False,
            "is_accepted": True,
        }
    ],
    "acceptances": [
        {
            "code": "check_per_diem_of_locality",
            "pointer": "/pay_package/lodging_per_week",
            "note": "The locality's rate is 191 a night.",
            "accepted_by": "per_01m8095ps8e00rc1kcn27y03zk",
            "accepted_on": "2026-01-12",
        }
    ],
    "pieces": [
        {
            "key": "w4",
            "piece": "w4",
            "status": "missing",
            "due_at": "2026-02-11T17:00:00Z",
            "received_on": None,
            "reused": False,
        }
    ],
    "bonuses": [{"kind": "completion", "amount": "500.00", "pay_date": "2026-02-20"}],
    "pay_periods": [
        {
            "first_day": "2026-02-01",
            "last_day": "2026-02-07",
            "pay_date": "2026-02-13",
            "cut_off": "2026-02-11T17:00:00Z",
        }
    ],
    "closing": None,
    "standing": STANDING,
}
_LINE = (
    "profile_id",
    "assignment_id",
    "clinician_id",
    "facility_id",
    "assignment_state",
    "work_state",
    "start_date",
    "is_open",
)


def _example(example: dict[str, Any]) -> ConfigDict:
    return ConfigDict(json_schema_extra={"examples": [example]})


class WeeklyPayOut(ResponseBody):
    """What an ordinary week pays in dollars, before overtime and bonuses."""

    hours: Decimal
    taxable: Annotated[Decimal | None, MONEY]
    untaxed_stipends: Annotated[Decimal | None, MONEY]
    total: Annotated[Decimal | None, MONEY]

    @classmethod
    def of(cls, week: WeeklyPay) -> Self:
        """The week in dollars and hundredths of an hour."""
        return cls(
            hours=round(week.hours, 2),
            taxable=week.taxable.dollars,
            untaxed_stipends=week.untaxed_stipends.dollars,
            total=week.total.dollars,
        )


class FindingOut(ResponseBody):
    """Something wrong or doubtful in the package; `pointer` leads into the terms."""

    pointer: str
    code: str
    message: str
    blocks_pay: bool
    is_accepted: bool

    @classmethod
    def of(cls, finding: Finding, profile: Profile) -> Self:
        """The finding with what became of it."""
        blocks_pay = finding in profile.blocking
        return cls(
            pointer=finding.pointer,
            code=finding.code,
            message=finding.message,
            blocks_pay=blocks_pay,
            is_accepted=not blocks_pay and finding not in profile.to_accept,
        )


class AcceptanceOut(ResponseBody):
    """Who let a finding stand, and why."""

    code: str
    pointer: str
    note: str
    accepted_by: str
    accepted_on: date


class PieceOut(ResponseBody):
    """A piece that the first pay run needs; `reused` when it came with another assignment."""

    key: str
    piece: Piece
    status: PieceStatus
    due_at: datetime
    received_on: date | None
    reused: bool


class BonusOut(ResponseBody):
    """A promised bonus; `pay_date` is null while nobody has said when it falls due."""

    kind: BonusKind
    amount: Annotated[Decimal | None, MONEY]
    pay_date: date | None


class PayPeriodOut(ResponseBody):
    """One workweek, its pay date, and the instant after which nothing more enters that pay run."""

    first_day: date
    last_day: date
    pay_date: date
    cut_off: datetime

    @classmethod
    def of(cls, period: PayPeriod) -> Self:
        """The period with its first and last day."""
        week = period.workweek
        return cls(first_day=week.start, last_day=week.last, pay_date=period.pay_date, cut_off=period.cut_off)


class ClosingOut(ResponseBody):
    """How it ended: what was undone, what a person must decide, and whether final pay is owed."""

    state: State
    ended_on: date
    final_pay_required: bool
    undone: tuple[str, ...]
    reviews: tuple[str, ...]


class ProfileOut(ResponseBody):
    """A pay profile with all that is found, asked and planned; `due_at` is the cut-off before which all must come."""

    model_config = _example(_PROFILE)

    profile_id: str
    assignment_id: str
    clinician_id: str
    client_id: str
    facility_id: str
    assignment_state: State
    work_state: str
    terms_version: int
    start_date: date
    end_date: date
    is_open: bool
    first_pay_date: date
    due_at: datetime
    weekly_pay: WeeklyPayOut
    findings: tuple[FindingOut, ...]
    acceptances: tuple[AcceptanceOut, ...]
    pieces: tuple[PieceOut, ...]
    bonuses: tuple[BonusOut, ...]
    pay_periods: tuple[PayPeriodOut, ...]
    closing: ClosingOut | None
    standing: StandingOut

    @classmethod
    def of(cls, profile: Profile, now: datetime) -> Self:
        """The profile as it stands now."""
        terms = profile.terms
        return cls(
            profile_id=profile.profile_id,
            assignment_id=profile.assignment_id,
            clinician_id=profile.clinician_id,
            client_id=profile.client_id,
            facility_id=terms.facility_id,
            assignment_state=profile.assignment_state,
            work_state=profile.work_state,
            terms_version=terms.version,
            start_date=terms.start_date,
            end_date=terms.end_date,
            is_open=profile.is_open,
            first_pay_date=profile.first_pay_date,
            due_at=profile.due_at,
            weekly_pay=WeeklyPayOut.of(weekly_pay(terms)),
            findings=tuple(FindingOut.of(finding, profile) for finding in profile.findings),
            acceptances=tuple(AcceptanceOut.model_validate(one) for one in profile.acceptances),
            pieces=tuple(PieceOut.model_validate(line) for line in profile.pieces),
            bonuses=tuple(BonusOut.model_validate(bonus) for bonus in profile.bonuses),
            pay_periods=tuple(PayPeriodOut.of(period) for period in profile.pay_periods),
            closing=ClosingOut.model_validate(profile.closing) if profile.closing else None,
            standing=StandingOut.model_validate(standing(profile, now)),
        )


class ProfileLine(ResponseBody):
    """A pay profile in a list."""

    model_config = _example({name: _PROFILE[name] for name in _LINE})

    profile_id: str
    assignment_id: str
    clinician_id: str
    facility_id: str
    assignment_state: State
    work_state: str
    start_date: date
    is_open: bool


class RecordIn(RequestBody):
    """The day on which the piece came; what it says stays out."""

    model_config = _example({"received_on": "2026-01-14"})

    received_on: date


class AcceptIn(RequestBody):
    """Why every open finding that can be accepted is to stand."""

    model_config = _example({"note": "The locality's rate is 191 a night."})

    note: Text
