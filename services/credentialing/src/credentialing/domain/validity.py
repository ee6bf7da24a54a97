"""How long a credential is good, and what keeps it from covering an assignment.

Expiry dates are inclusive: the last valid day. Months keep the day of the month, clamped to the month's
end. A window of N days before the start holds when the start is 0 to N days after the date (conventions of
the field's test vectors).
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from shared.periods import Period


class MustCover(StrEnum):
    """Through which day, or by when, it must be valid."""

    SUBMISSION = "submission"
    ORDER = "order"
    PACKET_DUE = "packet_due"
    DECISION = "decision"
    START = "start"
    START_PLUS_3BD = "start_plus_3bd"
    PAYROLL = "payroll"
    SEASON = "season"
    ASSIGNMENT_END = "assignment_end"
    CONTINUOUS = "continuous"


class Mode(StrEnum):
    """What a credential means that runs out before the last day it must cover."""

    STRICT = "strict"
    """Not cleared."""
    RENEW_BY = "renew_by"
    """Cleared with a task to renew it; shifts after its last day are blocked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Season:
    """A part of every year, by month and day, both inclusive; it may cross the end of the year."""

    first: tuple[int, int]
    last: tuple[int, int]


class Lack(StrEnum):
    """Why a credential does not do; stable codes without any content of the credential."""

    NOT_PRESENTED = "not_presented"
    EXPIRES_BEFORE_START = "expires_before_start"
    EXPIRES_BEFORE_END = "expires_before_end"
    TOO_OLD_FOR_START = "too_old_for_start"
    TOO_OLD_FOR_DECISION = "too_old_for_decision"
    NOT_VALID_AT_START = "not_valid_at_start"
    OF_ANOTHER_SEASON = "of_another_season"
    BREAK_TOO_LONG = "break_too_long"
    ISSUER_NOT_ACCEPTED = "issuer_not_accepted"
    ISSUERS_CONTRADICT = "issuers_contradict"
    PANEL_INCOMPLETE = "panel_incomplete"
    LOOKBACK_TOO_SHORT = "lookback_too_short"
    NOT_IMMUNE = "not_immune"
    NOT_AUTHORIZED = "not_authorized"


@dataclass(frozen=True, slots=True, kw_only=True)
class Validity:
    """The limits of a credential's life, each absent when None or False; several limits hold together.

    `printed_expiry`: the issuer gives a last day. `max_age_months`: good for so long from its date, with
    `end_of_month` to the end of that month. `window_days`: a check made at most so many days before the start.
    `decision_days`: one made at most so many days before the clearance. `monitor_days`: a look-up that must be that
    fresh at the start, or newer. `season`: needed on its days only. `break_days`: lost after so many days out of
    covered work. `basis` names the date that counts (`issue_date`, `read_date`, `collection_date` …).
    """

    printed_expiry: bool = False
    max_age_months: int | None = None
    end_of_month: bool = False
    window_days: int | None = None
    decision_days: int | None = None
    monitor_days: int | None = None
    season: Season | None = None
    break_days: int | None = None
    basis: str = "issue_date"

    @property
    def is_check(self) -> bool:
        """Whether it is the result of a check, so that the latest one counts, and not a title that lasts."""
        return self.window_days is not None or self.monitor_days is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """The dates of a credential: of issue (or test, search, vaccination), and its printed last day.

    `worked_through` is the last day of the covered work that kept it alive, where a break in it ends it.
    """

    issued_on: date
    expires_on: date | None = None
    worked_through: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """The days of the assignment, looked at on day `on`.

    `decided_on` is the day of the clearance that stands, None while there is none. `is_overnight`: shifts go over
    midnight, so that the last one touches the day after the assignment. `is_running`: it has started; what
    runs out on the way then blocks the shifts after it, and not those before.
    """

    days: Period
    on: date
    decided_on: date | None = None
    is_overnight: bool = False
    is_running: bool = False

    @property
    def first(self) -> date:
        """The first day still to be covered: the start, or `on` once the assignment runs."""
        return min(max(self.days.start, self.on), self.days.last)

    def through(self, must_cover: MustCover) -> date:
        """The last day that must be covered."""
        if must_cover not in TO_THE_END:
            return self.days.start
        return self.days.last + timedelta(days=self.is_overnight)


TO_THE_END = frozenset({MustCover.ASSIGNMENT_END, MustCover.CONTINUOUS})


def months_after(day: date, months: int) -> date:
    """The same day of the month so many months later, or the month's last day where there is none such."""
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month0 + 1, min(day.day, monthrange(year, month0 + 1)[1]))


def end_of_month(day: date) -> date:
    """The last day of its month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def valid_through(validity: Validity, life: Life) -> date | None:
    """The last day it is good, the earlier of print and age; None when it does not run out."""
    aged = None if validity.max_age_months is None else months_after(life.issued_on, validity.max_age_months)
    if aged is not None and validity.end_of_month:
        aged = end_of_month(aged)
    known = [day for day in (aged, life.expires_on) if day is not None]
    return min(known) if known else None


def opens_on(validity: Validity, start: date) -> date | None:
    """The first day on which it may be made so that it still counts at the start; None when no day is too early."""
    limit = _smaller(validity.window_days, validity.monitor_days)
    return None if limit is None else start - timedelta(days=limit)


def stricter_validity(one: Validity, other: Validity) -> Validity:
    """Both validities at once: the smaller of each limit; a month that counts whole only where both say so."""
    aged = [each for each in (one, other) if each.max_age_months is not None]
    return Validity(
        printed_expiry=one.printed_expiry or other.printed_expiry,
        max_age_months=_smaller(one.max_age_months, other.max_age_months),
        end_of_month=bool(aged) and all(each.end_of_month for each in aged),
        window_days=_smaller(one.window_days, other.window_days),
        decision_days=_smaller(one.decision_days, other.decision_days),
        monitor_days=_smaller(one.monitor_days, other.monitor_days),
        season=one.season or other.season,
        break_days=_smaller(one.break_days, other.break_days),
        basis=one.basis,
    )


def _smaller(one: int | None, other: int | None) -> int | None:
    known = [n for n in (one, other) if n is not None]
    return min(known) if known else None
