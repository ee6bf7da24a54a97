"""Authority of nurses (RN, LPN/VN), by a licence of the state or by the nurse compact (NLC).

A licence of the work state does whatever the residence. A multistate licence gives a privilege in every state that
lets it in. The compact covers no advanced role: an APRN needs an APRN licence of the state. Authority is needed where
the patient is.
"""

from collections.abc import Iterator
from datetime import date

from credentialing.domain.authority.asked import Asked
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
from credentialing.domain.authority.licence import Licence, LicenceScope, LicenceStatus, kind_of
from credentialing.domain.authority.membership import NLC, NurseCompact, Standing
from credentialing.domain.authority.multistate import Held, Hold, deadlines, held_on

NURSES = frozenset({"RN", "LPN", "APRN"})

WORK_STATE = {
    Standing.NOT_MEMBER: Cause.WORK_STATE_NOT_MEMBER,
    Standing.NOT_IMPLEMENTED: Cause.WORK_STATE_NOT_IMPLEMENTED,
}
HOME_STATE = {
    Standing.NOT_MEMBER: Cause.HOME_STATE_NOT_MEMBER,
    Standing.NOT_IMPLEMENTED: Cause.HOME_STATE_NOT_IMPLEMENTED,
    Standing.NOT_ISSUING: Cause.HOME_STATE_NOT_ISSUING,
}
UNUSABLE = {
    LicenceStatus.PENDING: Cause.LICENSE_PENDING,
    LicenceStatus.EXPIRED: Cause.LICENSE_EXPIRED,
    LicenceStatus.INACTIVE: Cause.LICENSE_INACTIVE,
    LicenceStatus.DEACTIVATED: Cause.LICENSE_DEACTIVATED,
    LicenceStatus.SUSPENDED: Cause.LICENSE_SUSPENDED,
    LicenceStatus.REVOKED: Cause.LICENSE_REVOKED,
    LicenceStatus.SURRENDERED: Cause.LICENSE_SURRENDERED,
    LicenceStatus.UNKNOWN: Cause.LICENSE_NOT_ACTIVE,
}
ENDED = {Hold.CONVERTED: Cause.LICENSE_SINGLE_STATE, Hold.SUPERSEDED: Cause.LICENSE_DEACTIVATED}


def needed_kind(asked: Asked) -> str:
    """The kind of licence the work asks for: that of the role where it is a nurse's, else of the profession."""
    role = kind_of(asked.role)
    return role if role in NURSES else kind_of(asked.profession)


def nurse_verdict(asked: Asked, day: date, *, compact: NurseCompact = NLC) -> Verdict:
    """Whether a nurse may practise in the state on that day, by the best of the licences held."""
    kind = needed_kind(asked)
    licences = [one for one in asked.licences if one.scope is not LicenceScope.PRIVILEGE]
    fitting = [one for one in licences if kind_of(one.type) == kind]
    local = [_by_local(one, day, asked=asked, compact=compact) for one in fitting if one.state == asked.state]
    if kind == "APRN":
        return best_of(local) or not_authorized(Cause.ROLE_NOT_COVERED)
    if not fitting:
        return not_authorized(Cause.LICENSE_TYPE_MISMATCH if licences else Cause.NO_LICENSE)
    remote = (one for one in fitting if one.state != asked.state)
    if gate := _gate(asked.state, day, compact=compact):
        return best_of([*local, gate]) or gate
    privileges = (_by_privilege(one, day, asked=asked, compact=compact) for one in remote)
    return best_of([*local, *privileges]) or not_authorized(Cause.NO_LICENSE)


def nurse_changes(asked: Asked, *, compact: NurseCompact = NLC) -> Iterator[date]:
    """The days on which the verdict on a nurse may change."""
    for licence in asked.licences:
        yield from licence.changes
        yield from compact.changes(licence.state)
    for residence in asked.residences:
        yield from residence.changes
        yield from deadlines(residence)
    yield from compact.changes(asked.state)


def _gate(state: str, day: date, *, compact: NurseCompact) -> Verdict | None:
    """What every multistate licence meets in a state that does not let it in; None where it does."""
    standing = compact.accepts(state, day)
    if standing is Standing.DATE_UNKNOWN:
        return review(Reason(cause=Cause.MEMBERSHIP_DATE_UNKNOWN, detail=state))
    return not_authorized(WORK_STATE[standing]) if standing in WORK_STATE else None


def _by_local(licence: Licence, day: date, *, asked: Asked, compact: NurseCompact) -> Verdict:
    """By a licence of the state itself. An encumbered one may carry conditions that a person must read."""
    status = licence.status_on(day)
    if status in UNUSABLE:
        return not_authorized(UNUSABLE[status])
    if status is LicenceStatus.ENCUMBERED:
        return review(Reason(cause=Cause.LICENSE_ENCUMBERED))
    if any(other.is_barred_in(asked.state, day) for other in asked.licences):
        return review(Reason(cause=Cause.PRIVILEGE_ACTION))
    if licence.scope is LicenceScope.SINGLE_STATE or compact.issues(licence.state, day) is not Standing.PARTY:
        return authorized(Basis.SINGLE_STATE, licence)
    return _at_home(licence, held_on(licence, day, asked=asked, compact=compact))


def _at_home(licence: Licence, held: Held) -> Verdict:
    """A multistate licence in the state that issued it: good there also as a converted one, wherever its holder lives.

    A residence that is unknown or in doubt takes nothing from it; a missed deadline to apply elsewhere does.
    """
    if held.hold is Hold.SUPERSEDED:
        return not_authorized(Cause.LICENSE_DEACTIVATED)
    if held.reason and held.reason.cause is Cause.PSOR_CHANGE_OVERDUE:
        return review(held.reason, apply_by=held.apply_by)
    basis = Basis.SINGLE_STATE if held.hold is Hold.CONVERTED else Basis.HOME_STATE
    return authorized(basis, licence, apply_by=held.apply_by)


def _by_privilege(licence: Licence, day: date, *, asked: Asked, compact: NurseCompact) -> Verdict:
    """By the privilege that a multistate licence of another state gives."""
    if unfit := _unfit(licence, day, compact=compact):
        return not_authorized(unfit)
    held = held_on(licence, day, asked=asked, compact=compact)
    if held.hold in ENDED:
        return not_authorized(ENDED[held.hold])
    barred = [Cause.LICENSE_ENCUMBERED] if licence.status_on(day) is LicenceStatus.ENCUMBERED else []
    barred += [Cause.PRIVILEGE_ACTION] if licence.is_barred_in(asked.state, day) else []
    if barred:
        return not_authorized(*barred)
    if held.reason:
        return review(held.reason, apply_by=held.apply_by)
    return authorized(Basis.MULTISTATE, licence, apply_by=held.apply_by)


def _unfit(licence: Licence, day: date, *, compact: NurseCompact) -> Cause | None:
    """Why a licence gives no privilege anywhere, wherever its holder lives."""
    if licence.scope is not LicenceScope.MULTISTATE:
        return Cause.LICENSE_SINGLE_STATE
    return UNUSABLE.get(licence.status_on(day)) or HOME_STATE.get(compact.issues(licence.state, day))
