"""Whether what is held covers the days that need it, from when on it no longer does, and whose shifts that stops.

Conventions of the field's test vectors: a last day is valid; a shift needs every calendar date that it touches.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from credentialing.domain.seasons import Days, seasons_within
from credentialing.domain.validity import Lack, Life, Mode, MustCover, Need, Season, Validity, valid_through

A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What decides: how long it is good, what it must cover, what running out means, and how late it may come."""

    validity: Validity
    must_cover: MustCover = MustCover.START
    mode: Mode = Mode.STRICT
    trails_days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """What a credential is worth for the days: `lack` says why it does not do, None when it does.

    `valid_through` is its last good day, None when it does not run out. `first_uncovered` is the first day inside the
    need that it does not reach; where it does all the same, `blocks_from` is that day.
    """

    lack: Lack | None = None
    valid_through: date | None = None
    first_uncovered: date | None = None
    blocks_from: date | None = None


def cover(life: Life, need: Need, *, rule: Rule) -> Cover:
    """What a credential with these dates is worth for these days."""
    if rule.validity.season is not None:
        return _cover_season(life, need, rule.validity.season)
    through = valid_through(rule.validity, life)
    aged = _too_old(rule.validity, life, need) or _too_late(rule, life, need) or _broken(rule.validity, life, need)
    return Cover(lack=aged, valid_through=through) if aged else _reach(through, need, rule)


def lack(life: Life, need: Need, *, validity: Validity, must_cover: MustCover) -> Lack | None:
    """Why it does not cover the need to the last day that it must; None when it does."""
    return cover(life, need, rule=Rule(validity=validity, must_cover=must_cover)).lack


def covers_shift(through: date | None, touched: Iterable[date]) -> bool:
    """Whether a credential that is good through that day (None: for good) covers every date that a shift touches."""
    return through is None or max(touched) <= through


def uncovered_shifts(old_expiry: date, verified_on: date | None, *, shifts: Iterable[date]) -> tuple[date, ...]:
    """Shifts worked after the old last day and before the renewal was verified at its source.

    None: it was not verified yet. Source: surveyors compare the print date of a verification with the dates worked.
    """
    return tuple(day for day in shifts if old_expiry < day and (verified_on is None or day < verified_on))


def first_blocked(uncovered: date, need: Need) -> date:
    """The first work date whose shift touches an uncovered day: the day before it, where shifts go over midnight."""
    return uncovered - A_DAY if need.is_overnight else uncovered


def may_run_out(mode: Mode, need: Need) -> bool:
    """Whether what runs out before the end blocks the shifts after it alone, so that it is renewed on the way.

    An assignment that runs may be extended: that asks for longer credentials, and takes no shift that is covered.
    """
    return mode is Mode.RENEW_BY or need.is_running


def seasons_left(season: Season, need: Need) -> tuple[Days, ...]:
    """The seasons inside the need that are not over yet."""
    return tuple(one for one in seasons_within(season, need.days) if one.last >= need.first)


def _reach(through: date | None, need: Need, rule: Rule) -> Cover:
    """How far into the need it reaches."""
    if through is None:
        return Cover()
    if through < need.days.start:
        return Cover(lack=Lack.EXPIRES_BEFORE_START, valid_through=through, first_uncovered=need.days.start)
    if through >= need.through(rule.must_cover):
        return Cover(valid_through=through)
    gap = through + A_DAY
    blocked = first_blocked(gap, need)
    if may_run_out(rule.mode, need) and blocked > need.first:
        return Cover(valid_through=through, first_uncovered=gap, blocks_from=blocked)
    return Cover(lack=Lack.EXPIRES_BEFORE_END, valid_through=through, first_uncovered=gap)


def _too_old(validity: Validity, life: Life, need: Need) -> Lack | None:
    for limit in (validity.window_days, validity.monitor_days):
        if limit is not None and (need.days.start - life.issued_on).days > limit:
            return Lack.TOO_OLD_FOR_START
    decided_on = need.decided_on or need.on
    if validity.decision_days is not None and (decided_on - life.issued_on).days > validity.decision_days:
        return Lack.TOO_OLD_FOR_DECISION
    return None


def _too_late(rule: Rule, life: Life, need: Need) -> Lack | None:
    """A look-up is always better when it is newer; anything else must be there on the first day it is needed."""
    if rule.validity.monitor_days is not None:
        return None
    is_windowed = rule.validity.window_days is not None
    latest = need.days.start + timedelta(days=rule.trails_days) if is_windowed else need.first
    return Lack.NOT_VALID_AT_START if life.issued_on > latest else None


def _broken(validity: Validity, life: Life, need: Need) -> Lack | None:
    if validity.break_days is None or life.worked_through is None:
        return None
    is_broken = (need.days.start - max(life.worked_through, life.issued_on)).days > validity.break_days
    return Lack.BREAK_TOO_LONG if is_broken else None


def _cover_season(life: Life, need: Need, season: Season) -> Cover:
    """Good for the season that it was given for; the next one inside the need asks again."""
    wanted = seasons_left(season, need)
    missing = next((one for one in wanted if not one.admits(life.issued_on)), None)
    last = next((one.last for one in reversed(wanted) if one.admits(life.issued_on)), None)
    if missing is None:
        return Cover(valid_through=last)
    if last is not None and missing.first > need.first:
        return Cover(valid_through=last, first_uncovered=missing.first, blocks_from=missing.first)
    return Cover(lack=Lack.OF_ANOTHER_SEASON, first_uncovered=max(missing.first, need.first))
