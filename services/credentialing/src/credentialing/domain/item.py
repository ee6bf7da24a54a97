"""One requirement within a file; how far it is follows from what is held, what was waived, and the dates."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from credentialing.domain.held import Held, HeldStatus, covering, newest_first
from credentialing.domain.requirement import APPROVERS, Party, Requirement
from credentialing.domain.validity import Lack, Need, lack, valid_through


class ItemStatus(StrEnum):
    """How far an item is."""

    MISSING = "missing"
    RECEIVED = "received"
    VERIFIED = "verified"
    REJECTED = "rejected"
    WAIVED = "waived"


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """Who lifted a requirement for this assignment at its facility, on which side, why, and until when."""

    by: str
    party: Party
    reason: str
    on: date
    through: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A requirement of a file.

    `due_on` is the last day on which the next step may begin for the start to hold. `lack` says why a
    missing item is missing. `valid_through` is the last day of the credential that satisfies it, None when
    that never runs out.
    """

    requirement: Requirement
    status: ItemStatus = ItemStatus.MISSING
    due_on: date
    lack: Lack | None = None
    credential_id: str | None = None
    valid_through: date | None = None
    waiver: Waiver | None = None

    @property
    def code(self) -> str:
        """The code of its requirement; unique within the file."""
        return self.requirement.code

    @property
    def is_met(self) -> bool:
        """Whether nothing more is asked."""
        return self.status in (ItemStatus.VERIFIED, ItemStatus.WAIVED)

    @property
    def remaining_days(self) -> int:
        """The usual calendar days until it can be met: to get and to check it, or only to check it."""
        if self.is_met:
            return 0
        if self.status is ItemStatus.RECEIVED:
            return self.requirement.verify_days
        return self.requirement.obtain_days + self.requirement.verify_days


def assess(requirement: Requirement, held: Sequence[Held], *, need: Need, waiver: Waiver | None) -> Item:
    """The item as it stands: verified by what covers the need, else waived, else what came in last."""
    item = Item(requirement=requirement, due_on=need.days.start, waiver=waiver)
    good = covering(held, requirement, need=need)
    if good is not None:
        through = valid_through(requirement.validity, good.life)
        item = replace(item, status=ItemStatus.VERIFIED, credential_id=good.credential_id, valid_through=through)
    elif waiver is not None and _holds(waiver, requirement, need):
        item = replace(item, status=ItemStatus.WAIVED, valid_through=waiver.through)
    else:
        item = _unmet(item, held, need)
    return replace(item, due_on=need.days.start - timedelta(days=item.remaining_days))


def _holds(waiver: Waiver, requirement: Requirement, need: Need) -> bool:
    """A rule that became stricter since may no longer be waived by that side, or at all."""
    lasts = waiver.through is None or waiver.through >= need.first
    return lasts and waiver.party in APPROVERS[requirement.waivable]


def _unmet(item: Item, held: Sequence[Held], need: Need) -> Item:
    newest = next(iter(newest_first(held, item.requirement)), None)
    if newest is None:
        return replace(item, lack=Lack.NOT_PRESENTED)
    if newest.status is HeldStatus.PENDING:
        return replace(item, status=ItemStatus.RECEIVED, credential_id=newest.credential_id)
    if newest.status is HeldStatus.REJECTED:
        return replace(item, status=ItemStatus.REJECTED, credential_id=newest.credential_id)
    why = lack(newest.life, need, validity=item.requirement.validity, must_cover=item.requirement.must_cover)
    return replace(item, lack=why, credential_id=newest.credential_id)
