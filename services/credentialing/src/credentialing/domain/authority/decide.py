"""The one question that the rest of credentialing asks about authority to practise."""

from credentialing.domain.authority.asked import Asked
from credentialing.domain.authority.compacts import other_changes, other_verdict
from credentialing.domain.authority.decision import Authority
from credentialing.domain.authority.nurse_compact import NURSES, needed_kind, nurse_changes, nurse_verdict
from credentialing.domain.authority.timeline import over


def authority(asked: Asked) -> Authority:
    """Whether somebody may practise in a state, decided for the first of the days, with the days it changes."""
    if needed_kind(asked) in NURSES:
        return over(asked.days, nurse_changes(asked), verdict_on=lambda day: nurse_verdict(asked, day))
    return over(asked.days, other_changes(asked), verdict_on=lambda day: other_verdict(asked, day))


def authority_by_compact(asked: Asked, compact: str) -> Authority:
    """The same for a compact named by hand, whatever the profession's own is."""
    return over(asked.days, other_changes(asked), verdict_on=lambda day: other_verdict(asked, day, compact=compact))
