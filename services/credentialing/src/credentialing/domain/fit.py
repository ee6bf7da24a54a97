"""Whether a credential is of the kind that is asked: its issuer, its analytes, how far it looked back, its proof."""

from credentialing.domain.held import Held
from credentialing.domain.immunity import immunity
from credentialing.domain.requirement import Requirement
from credentialing.domain.validity import Lack, Need


def misfit(held: Held, requirement: Requirement, *, need: Need) -> Lack | None:
    """Why it is not of the kind asked, whatever its dates; None when it is. What does instead is not looked into."""
    if held.code != requirement.code:
        return None
    return _of_issuer(held, requirement) or _of_reach(held, requirement) or _of_evidence(held, need)


def _of_issuer(held: Held, requirement: Requirement) -> Lack | None:
    accepted = requirement.issuers
    if accepted is None:
        return None
    if not accepted:
        return Lack.ISSUERS_CONTRADICT
    given = {held.issuer} if held.issuer else set(held.issuer_among)
    return None if given and given <= set(accepted) else Lack.ISSUER_NOT_ACCEPTED


def _of_reach(held: Held, requirement: Requirement) -> Lack | None:
    if not set(requirement.panel) <= set(held.panel):
        return Lack.PANEL_INCOMPLETE
    if requirement.lookback_years is not None and (held.lookback_years or 0) < requirement.lookback_years:
        return Lack.LOOKBACK_TOO_SHORT
    return None


def _of_evidence(held: Held, need: Need) -> Lack | None:
    if held.immunity is None or immunity(held.code, held.immunity, on=need.first).immune:
        return None
    return Lack.NOT_IMMUNE
