"""Which of the credentials held an item relies on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from credentialing.domain.coverage import Cover, Rule, cover
from credentialing.domain.fit import misfit
from credentialing.domain.held import Held, HeldStatus, newest_first
from credentialing.domain.requirement import Requirement
from credentialing.domain.validity import Need, Validity

AS_PRINTED = Validity(printed_expiry=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reliance:
    """A credential and what it is worth for the days; of several together, the one whose dates count.

    Of a licence `basis` says what authority rests on, and `reasons` why it ends or is missing.
    """

    held: Held
    worth: Cover
    basis: str | None = None
    reasons: tuple[str, ...] = ()


def worth(held: Held, requirement: Requirement, *, need: Need) -> Cover:
    """What a credential is worth for a requirement: its kind first, then its dates."""
    why = misfit(held, requirement, need=need)
    return Cover(lack=why) if why else cover(held.life, need, rule=rule_of(requirement))


def rule_of(requirement: Requirement) -> Rule:
    """What decides whether dates do."""
    return Rule(
        validity=requirement.validity,
        must_cover=requirement.must_cover,
        mode=requirement.mode,
        trails_days=requirement.trails_days or 0,
    )


def relied_on(held: Sequence[Held], requirement: Requirement, *, need: Need) -> Reliance | None:
    """The verified credential that reaches farthest into the need, the newest of equals; None when none does.

    A check is a result: once a later one was refuted, or a later look-up is unclear, an earlier good one no longer
    counts. A title stays good beside a rejected renewal. What does instead counts where nothing of the kind does.
    """
    if requirement.issuers == ():
        return None
    own = [one for one in newest_first(held, requirement) if one.code == requirement.code]
    standing = _until_refuted(own, requirement.validity)
    good = [Reliance(held=one, worth=worth(one, requirement, need=need)) for one in standing if _counts(one)]
    return _farthest(good) or _instead(held, requirement, need)


def _counts(held: Held) -> bool:
    return held.status is HeldStatus.VERIFIED


def _until_refuted(newest: Sequence[Held], validity: Validity) -> Sequence[Held]:
    """Of checks, those after the last one that went wrong."""
    for place, one in enumerate(newest):
        is_open = one.is_unclear and one.status is HeldStatus.PENDING and validity.monitor_days is not None
        if validity.is_check and (one.status is HeldStatus.REJECTED or is_open):
            return newest[:place]
    return newest


def _farthest(found: Sequence[Reliance]) -> Reliance | None:
    good = [one for one in found if one.worth.lack is None]
    return max(good, key=lambda one: one.worth.first_uncovered or date.max, default=None)


def _instead(held: Sequence[Held], requirement: Requirement, need: Need) -> Reliance | None:
    for alternative in requirement.satisfied_by:
        found = [_of_code(held, requirement, code) for code in alternative.split("+")]
        parts = [part for part in found if part is not None]
        if len(parts) == len(found) and all(_lasts(part, need) for part in parts):
            best = _farthest([Reliance(held=part, worth=worth(part, requirement, need=need)) for part in parts])
            if best is not None:
                return best
    return None


def _of_code(held: Sequence[Held], requirement: Requirement, code: str) -> Held | None:
    newest = (one for one in newest_first(held, requirement) if one.code == code and one.code != requirement.code)
    return next((one for one in newest if _counts(one)), None)


def _lasts(held: Held, need: Need) -> bool:
    """The parts that the requirement's own limit is not about must hold as printed."""
    return cover(held.life, need, rule=Rule(validity=AS_PRINTED)).lack is None
