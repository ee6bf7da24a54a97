"""Where an event stands against what was applied before: the rule that makes order and "once" true."""

from dataclasses import dataclass
from enum import StrEnum

from shared.contracts.catalogue import StreamKind


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """The last version of a key that was applied, in the publisher's epoch (which rises with a restored backup)."""

    epoch: int
    version: int


START = Position(0, 0)


class Verdict(StrEnum):
    """What to do with an event."""

    APPLY = "apply"
    DUPLICATE = "duplicate"
    GAP = "gap"


def judge(kind: StreamKind, *, last: Position, arrived: Position) -> Verdict:
    """Decides by position alone.

    A log applies only the next version; a version the last epoch already had comes again, changed, after a restore. A
    state stream applies anything later than the last: each event is the whole state.
    """
    if arrived <= last:
        return Verdict.DUPLICATE
    if kind is StreamKind.STATE or arrived.version == last.version + 1:
        return Verdict.APPLY
    is_after_restore = last.epoch and arrived.epoch > last.epoch and arrived.version <= last.version
    return Verdict.APPLY if is_after_restore else Verdict.GAP
