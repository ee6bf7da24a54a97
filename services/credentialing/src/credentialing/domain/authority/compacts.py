"""Authority of everybody but nurses: by a licence of the state, or by what the profession's compact gives."""

from collections.abc import Iterator
from datetime import date

from credentialing.domain.authority.asked import Asked
from credentialing.domain.authority.compact_table import ROWS, CompactRow, Model, Progress, compact_of, compact_on
from credentialing.domain.authority.decision import (
    Basis,
    Cause,
    Reason,
    Verdict,
    authorized,
    best_of,
    not_authorized,
    review,
)
from credentialing.domain.authority.licence import ONE_DAY, USABLE, Licence, LicenceScope, LicenceStatus, kind_of
from credentialing.domain.authority.nurse_compact import UNUSABLE
from credentialing.domain.validity import months_after

CLEAN_MONTHS = 24
"""So long after discipline no privilege is given (PT Compact)."""


def other_verdict(asked: Asked, day: date, *, compact: str | None = None) -> Verdict:
    """Whether somebody may practise in the state on that day; the compact is the profession's unless named.

    A licence of the state does by itself. Where it fails and no compact helps, its own reason is told.
    """
    named = compact or compact_of(kind_of(asked.profession))
    local = [_by_local(one, day) for one in _licences(asked) if one.state == asked.state]
    return best_of([*local, _by_compact(asked, day, compact=named)]) or not_authorized(Cause.STATE_LICENSE_REQUIRED)


def other_changes(asked: Asked) -> Iterator[date]:
    """The days on which the verdict may change."""
    for licence in asked.licences:
        yield from licence.changes
        yield from (_clean_from(action.ended) for action in licence.actions if action.ended)
    yield from (row.effective_from for row in ROWS)


def _licences(asked: Asked) -> list[Licence]:
    """The licences of the profession, without privileges."""
    kind = kind_of(asked.profession)
    return [one for one in asked.licences if kind_of(one.type) == kind and one.scope is not LicenceScope.PRIVILEGE]


def _privileges(asked: Asked) -> list[Licence]:
    """The privileges of the profession for the state."""
    shown = [one for one in asked.licences if one.scope is LicenceScope.PRIVILEGE and one.state == asked.state]
    return [one for one in shown if kind_of(one.type) == kind_of(asked.profession)]


def _by_local(licence: Licence, day: date) -> Verdict:
    status = licence.status_on(day)
    if status in UNUSABLE:
        return not_authorized(UNUSABLE[status])
    if status is LicenceStatus.ENCUMBERED:
        return review(Reason(cause=Cause.LICENSE_ENCUMBERED))
    return authorized(Basis.SINGLE_STATE, licence)


def _by_compact(asked: Asked, day: date, *, compact: str | None) -> Verdict:
    if compact is None:
        return not_authorized(Cause.STATE_LICENSE_REQUIRED)
    row = compact_on(compact, day)
    if row is None:
        return review(Reason(cause=Cause.COMPACT_UNKNOWN, detail=compact))
    if row.progress is Progress.NOT_IN_FORCE:
        return not_authorized(Cause.COMPACT_NOT_IN_FORCE)
    match row.model:
        case Model.SEPARATE_LICENCE:
            return not_authorized(Cause.STATE_LICENSE_REQUIRED)
        case Model.BOUGHT_PRIVILEGE:
            return _by_bought_privilege(asked, day, row=row)
        case Model.AUTOMATIC_PRIVILEGE:
            return _by_automatic_privilege(asked, day)


def _by_bought_privilege(asked: Asked, day: date, *, row: CompactRow) -> Verdict:
    """A privilege shown although the compact is not known to issue contradicts our table: a person looks."""
    shown = _privileges(asked)
    if row.progress is Progress.NOT_ISSUING:
        told = Reason(cause=Cause.COMPACT_NOT_ISSUING)
        return review(told) if shown else not_authorized(Cause.COMPACT_NOT_ISSUING)
    if outside := _outside(asked, day):
        return not_authorized(*outside)
    good = next((one for one in shown if one.status_on(day) is LicenceStatus.ACTIVE), None)
    causes = [*_home_lacks(asked, day, is_watched=True), *([] if good else [_privilege_lack(shown, day)])]
    if causes or good is None:
        return not_authorized(*causes)
    return authorized(Basis.PRIVILEGE, good)


def _by_automatic_privilege(asked: Asked, day: date) -> Verdict:
    """By the home licence, for work under a local agency and its medical director; nobody practises alone."""
    if outside := _outside(asked, day):
        return not_authorized(*outside)
    causes = _home_lacks(asked, day, is_watched=False)
    causes += [] if asked.affiliation.agency else [Cause.AGENCY_AFFILIATION_REQUIRED]
    causes += [] if asked.affiliation.medical_director else [Cause.MEDICAL_DIRECTOR_REQUIRED]
    home = _home(asked, day)
    if causes or home is None:
        return not_authorized(*causes)
    if asked.members is None:
        return review(Reason(cause=Cause.MEMBERSHIP_UNKNOWN, detail=asked.state))
    return authorized(Basis.AUTOMATIC, home)


def _outside(asked: Asked, day: date) -> list[Cause]:
    """Which of the two states does not belong, where the members are known."""
    if asked.members is None:
        return []
    home = _home(asked, day)
    outside = [Cause.HOME_STATE_NOT_MEMBER] if home and home.state not in asked.members else []
    return outside + ([] if asked.state in asked.members else [Cause.WORK_STATE_NOT_MEMBER])


def _home(asked: Asked, day: date) -> Licence | None:
    """The licence that a privilege leans on: an active one of another state, if possible of a member state."""
    usable = [one for one in _licences(asked) if one.state != asked.state and one.status_on(day) in USABLE]
    return min(usable, key=lambda one: one.state not in (asked.members or {one.state}), default=None)


def _home_lacks(asked: Asked, day: date, *, is_watched: bool) -> list[Cause]:
    """What is wrong with the home licence; `is_watched` asks for two clean years before."""
    home = _home(asked, day)
    if home is None:
        return [Cause.HOME_LICENSE_NOT_ACTIVE]
    if any(one.status_on(day) is LicenceStatus.ENCUMBERED for one in _licences(asked)):
        return [Cause.HOME_LICENSE_ENCUMBERED]
    recent = (action for one in asked.licences for action in one.actions if action.effective <= day)
    if is_watched and any(action.ended is None or day < _clean_from(action.ended) for action in recent):
        return [Cause.DISCIPLINE_WITHIN_TWO_YEARS]
    return []


def _clean_from(ended: date) -> date:
    """The first day on which an action no longer stands in the way."""
    return months_after(ended, CLEAN_MONTHS) + ONE_DAY


def _privilege_lack(shown: list[Licence], day: date) -> Cause:
    """Why no privilege for the state is good: none bought, run out, or ended otherwise."""
    if not shown:
        return Cause.PRIVILEGE_NOT_HELD
    expired = any(one.status_on(day) is LicenceStatus.EXPIRED for one in shown)
    return Cause.PRIVILEGE_EXPIRED if expired else Cause.PRIVILEGE_NOT_ACTIVE
