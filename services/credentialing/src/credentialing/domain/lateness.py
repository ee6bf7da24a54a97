"""What may come after the start: until which day, and whose shifts that blocks."""

from dataclasses import dataclass
from datetime import date, timedelta

from credentialing.domain.coverage import A_DAY, seasons_left
from credentialing.domain.employment import FORM_I9, deadlines
from credentialing.domain.requirement import Requirement
from credentialing.domain.validity import MustCover, Need, Season

FIRST_PAYROLL_DAYS = 7
"""Pay is weekly; what payroll needs is needed by the end of the first week (convention)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """The last day for it, and the first work date that is blocked without it (None: none is)."""

    due_on: date
    blocks_from: date | None


def deadline(requirement: Requirement, need: Need) -> Deadline | None:
    """Until when an item may stay open after the start; None: it must be met before."""
    start = need.days.start
    if requirement.validity.season is not None:
        return _season_ahead(requirement.validity.season, need)
    if requirement.trails_days is not None:
        return _through(start + timedelta(days=requirement.trails_days))
    if requirement.code == FORM_I9:
        return _through(deadlines(start, expected_days=need.days.length_days).section2)
    if requirement.must_cover is MustCover.START_PLUS_3BD:
        return _through(deadlines(start).e_verify)
    if requirement.must_cover is MustCover.PAYROLL:
        return Deadline(due_on=start + timedelta(days=FIRST_PAYROLL_DAYS), blocks_from=None)
    return None


def may_come_late(requirement: Requirement) -> bool:
    """Whether an assignment may start while it is open."""
    late = requirement.must_cover in (MustCover.START_PLUS_3BD, MustCover.PAYROLL)
    return (
        late
        or requirement.validity.season is not None
        or requirement.trails_days is not None
        or requirement.code == FORM_I9
    )


def is_out_of_season(requirement: Requirement, need: Need) -> bool:
    """Whether nothing is asked at all, since no season falls into the days."""
    season = requirement.validity.season
    return season is not None and not seasons_left(season, need)


def _through(last: date) -> Deadline:
    return Deadline(due_on=last, blocks_from=last + A_DAY)


def _season_ahead(season: Season, need: Need) -> Deadline | None:
    """The first season, unless it has begun by the first day that is needed."""
    left = seasons_left(season, need)
    if not left or left[0].first <= need.first:
        return None
    return Deadline(due_on=left[0].first, blocks_from=left[0].first)
