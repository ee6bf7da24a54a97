"""Where a clinician lives, and lived: what the nurse compact asks, as the directory and declarations tell it."""

from dataclasses import dataclass, replace
from datetime import date

from credentialing.domain.authority.residence import Residence
from credentialing.domain.coverage import A_DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """A clinician's times of primary residence, in order; `version` counts saved changes."""

    clinician_id: str
    residences: tuple[Residence, ...] = ()
    version: int = 0


def moved(home: Home, state: str, *, on: date) -> Home:
    """The home once the directory names this state, seen on a day.

    The first that is heard of somebody says nothing about since when; another state later is a move on that day, until
    a declaration says otherwise.
    """
    if not home.residences:
        return replace(home, residences=(Residence(state=state),))
    last = home.residences[-1]
    if last.state == state and last.last is None:
        return home
    begun = max((one.first for one in home.residences if one.first), default=date.min)
    before = replace(last, last=on - A_DAY) if last.last is None else last
    kept = (*home.residences[:-1], before) if on > begun else home.residences[:-1]
    return replace(home, residences=(*kept, Residence(state=state, first=on)))
