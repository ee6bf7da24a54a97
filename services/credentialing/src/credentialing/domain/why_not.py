"""Why somebody is not cleared yet: each thing in the way, whose move it is, how, and how soon it could be done."""

from dataclasses import dataclass
from datetime import date, datetime

from credentialing.domain.clearance import facility_day
from credentialing.domain.file import File, needed
from credentialing.domain.item import Item, ItemStatus, WaitsFor, earliest_on
from credentialing.domain.validity import Lack
from shared.contracts.workstreams import Action

_VERBS = {
    WaitsFor.SOURCE: "verify",
    WaitsFor.SECOND_PERSON: "verify",
    WaitsFor.SPECIALIST: "verify",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocker:
    """An item in the way: `earliest_on` is the first day on which it can be met, `fix` the command that does it.

    `fix` is None where no command of this service does: a client decides, or the rules contradict each other.
    """

    item: Item
    waits_for: WaitsFor
    earliest_on: date
    fix: Action | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyNot:
    """What keeps a file from being cleared now, and what will block its shifts later.

    `earliest_on` is the first day on which it could be cleared, None when nothing is in the way or when somebody must
    change a rule first.
    """

    is_cleared: bool
    valid_through: date | None
    earliest_on: date | None
    blockers: tuple[Blocker, ...]
    later: tuple[Blocker, ...]


def why_not(file: File, now: datetime) -> WhyNot:
    """What is in the way of a file; of a closed one nothing is."""
    need = needed(file, facility_day(file, now))
    items = file.items if file.is_open else ()
    blockers = tuple(_blocker(file, item, earliest_on(item, need)) for item in items if item.stands_in_the_way)
    later = [item for item in items if not item.stands_in_the_way and item.waits_for is not None]
    is_hopeless = any(one.item.lack is Lack.ISSUERS_CONTRADICT for one in blockers)
    days = [one.earliest_on for one in blockers]
    return WhyNot(
        is_cleared=file.granted is not None,
        valid_through=file.granted.valid_through if file.granted else None,
        earliest_on=max(days) if days and not is_hopeless else None,
        blockers=blockers,
        later=tuple(_blocker(file, item, earliest_on(item, need)) for item in later),
    )


def _blocker(file: File, item: Item, earliest: date) -> Blocker:
    waits_for = item.waits_for or WaitsFor.SPECIALIST
    return Blocker(item=item, waits_for=waits_for, earliest_on=earliest, fix=_fix(file, item, waits_for))


def _fix(file: File, item: Item, waits_for: WaitsFor) -> Action | None:
    if item.lack is Lack.ISSUERS_CONTRADICT or waits_for is WaitsFor.CLIENT:
        return None
    is_claimed = item.status is ItemStatus.RECEIVED or item.renewal_id is not None
    verb = _VERBS.get(waits_for, "receive") if is_claimed else "receive"
    return Action(name=verb, method="POST", path=f"/v1/files/{file.file_id}/items/{item.code}:{verb}")
