"""The licence that lets somebody practise where an assignment is: any of theirs may, through a compact or by itself."""

from collections.abc import Sequence
from dataclasses import replace

from credentialing.domain.authority.asked import Asked
from credentialing.domain.authority.decide import authority
from credentialing.domain.authority.decision import Authority, Cause, Decision
from credentialing.domain.authority.licence import Licence
from credentialing.domain.authority.residence import Residence
from credentialing.domain.coverage import A_DAY, Cover, first_blocked, may_run_out
from credentialing.domain.held import Held, HeldStatus
from credentialing.domain.reliance import Reliance
from credentialing.domain.requirement import PROFESSIONS, Requirement
from credentialing.domain.validity import Lack, Need
from shared.periods import Period

_LACKS = {
    Cause.LICENSE_EXPIRED: Lack.EXPIRES_BEFORE_START,
    Cause.LICENSE_PENDING: Lack.NOT_VALID_AT_START,
}


def licensed(
    held: Sequence[Held], requirement: Requirement, *, need: Need, residences: Sequence[Residence]
) -> Reliance | None:
    """What the verified licences are worth in the state asked; None when there is none to look at."""
    known = [one for one in held if one.code == requirement.code and one.status is HeldStatus.VERIFIED]
    if not known:
        return None
    asked = Asked(
        profession=PROFESSIONS[requirement.code],
        state=requirement.subject,
        days=Period.through(need.first, max(need.first, need.through(requirement.must_cover))),
        licences=tuple(_as_licence(one) for one in known),
        residences=tuple(residences),
    )
    found = authority(asked)
    basis = found.basis_licence.credential_id if found.basis_licence else None
    behind = next((one for one in known if one.credential_id == basis), known[-1])
    return Reliance(
        held=behind,
        worth=_worth(found, requirement, need),
        basis=found.basis,
        reasons=tuple(str(reason) for reason in (*found.reasons, *found.ends_because)),
    )


def _as_licence(held: Held) -> Licence:
    """What was read of it, under the dates that its source gave; a plain claim is a licence of its state alone."""
    read = held.licence or Licence(state=held.subject, type=PROFESSIONS[held.code])
    return replace(
        read,
        issued=held.life.issued_on,
        expires=held.life.expires_on or read.expires,
        credential_id=held.credential_id,
    )


def _worth(found: Authority, requirement: Requirement, need: Need) -> Cover:
    if found.decision is not Decision.AUTHORIZED:
        causes = [reason.cause for reason in found.reasons]
        lack = next((_LACKS[cause] for cause in causes if cause in _LACKS), Lack.NOT_AUTHORIZED)
        return Cover(lack=lack, first_uncovered=need.first)
    expires = found.basis_licence.expires if found.basis_licence else None
    last = found.authorized_until
    if last is None:
        return Cover(valid_through=expires)
    gap = last + A_DAY
    blocked = first_blocked(gap, need)
    if may_run_out(requirement.mode, need) and blocked > need.first:
        return Cover(valid_through=last, first_uncovered=gap, blocks_from=blocked)
    return Cover(lack=Lack.EXPIRES_BEFORE_END, valid_through=last, first_uncovered=gap)
