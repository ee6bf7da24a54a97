"""One requirement within a file; how far it is follows from what is held, what was waived, and the dates."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from credentialing.domain.authority.residence import Residence
from credentialing.domain.coverage import A_DAY, first_blocked
from credentialing.domain.held import Held, HeldStatus, newest_first
from credentialing.domain.lateness import Deadline, deadline, is_out_of_season
from credentialing.domain.licensed import licensed
from credentialing.domain.reliance import Reliance, relied_on, worth
from credentialing.domain.requirement import APPROVERS, Confirmer, Owner, Party, Requirement
from credentialing.domain.validity import Lack, Need


class ItemStatus(StrEnum):
    """How far an item is."""

    MISSING = "missing"
    DUE_LATER = "due_later"
    """Missing, and the assignment may start without it."""
    RECEIVED = "received"
    VERIFIED = "verified"
    REJECTED = "rejected"
    WAIVED = "waived"
    NOT_ASKED = "not_asked"
    """A season's item, and no season falls into the assignment."""


MET = frozenset({ItemStatus.VERIFIED, ItemStatus.WAIVED, ItemStatus.NOT_ASKED})


class WaitsFor(StrEnum):
    """Who makes the next move."""

    CLINICIAN = "clinician"
    SPECIALIST = "specialist"
    SOURCE = "source"
    SECOND_PERSON = "second_person"
    CLIENT = "client"
    FACILITY = "facility"


_CONFIRMS = {
    Confirmer.SOURCE: WaitsFor.SOURCE,
    Confirmer.SECOND_PERSON: WaitsFor.SECOND_PERSON,
    Confirmer.CLIENT: WaitsFor.CLIENT,
    Confirmer.SPECIALIST: WaitsFor.SPECIALIST,
}
_BRINGS = {
    Owner.CLINICIAN: WaitsFor.CLINICIAN,
    Owner.SPECIALIST: WaitsFor.SPECIALIST,
    Owner.FACILITY: WaitsFor.FACILITY,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """Who lifted a requirement, on which side, why, on what evidence, for how long, and how far.

    `facility_id` is the facility for all of whose assignments of the clinician it holds; None: this assignment only.
    """

    by: str
    party: Party
    reason: str
    on: date
    through: date | None = None
    facility_id: str | None = None
    document_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FacilityWaiver:
    """A waiver that holds for every assignment of a clinician at its facility, also those that come later."""

    waiver_id: str
    clinician_id: str
    code: str
    waiver: Waiver
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A requirement of a file.

    `due_on` is the last day on which the next step may begin for the item to be in time. `lack` says why a missing
    item is missing; of a licence `basis` says what authority rests on, and `reasons` why it ends or is missing.
    `valid_through` is the last day of the credential that satisfies it, None when that never runs out.
    `first_uncovered` is the first day of the assignment that it does not reach, and from the work date
    `blocks_shifts_from` on shifts are stopped unless something changes. `is_trailing`: it is open and does not keep
    the assignment from starting. `renewal_id` is a newer claim that waits while an older one still counts.
    `is_unclear`: the source could not tell about what waits. `is_disciplined`: it reports an action.
    `is_to_adjudicate`: its report found something that people decide about. `client_reason` is why the client of this
    file does not take what its source confirmed.
    """

    requirement: Requirement
    status: ItemStatus = ItemStatus.MISSING
    due_on: date
    lack: Lack | None = None
    reasons: tuple[str, ...] = ()
    basis: str | None = None
    credential_id: str | None = None
    renewal_id: str | None = None
    result_id: str | None = None
    valid_through: date | None = None
    first_uncovered: date | None = None
    blocks_shifts_from: date | None = None
    is_trailing: bool = False
    is_unclear: bool = False
    is_disciplined: bool = False
    is_to_adjudicate: bool = False
    waiver: Waiver | None = None
    client_reason: str | None = None

    @property
    def code(self) -> str:
        """The code of its requirement; unique within the file."""
        return self.requirement.code

    @property
    def is_met(self) -> bool:
        """Whether nothing more is asked now."""
        return self.status in MET

    @property
    def stands_in_the_way(self) -> bool:
        """Whether it keeps the assignment from being cleared."""
        return not self.is_met and not self.is_trailing

    @property
    def remaining_days(self) -> int:
        """The usual calendar days until it can be met: to get and to check it, or only to check it."""
        if self.is_met:
            return 0
        if self.status is ItemStatus.RECEIVED:
            return self.requirement.verify_days
        return self.requirement.obtain_days + self.requirement.verify_days

    @property
    def waits_for(self) -> WaitsFor | None:
        """Whose move it is; None when it is met and nothing is to be renewed."""
        if self.lack is Lack.ISSUERS_CONTRADICT or self.is_unclear:
            return WaitsFor.SPECIALIST
        if self.status is ItemStatus.RECEIVED or self.renewal_id is not None:
            return _CONFIRMS[self.requirement.confirmed_by]
        if self.is_met and self.blocks_shifts_from is None:
            return None
        return _BRINGS[self.requirement.owner]


def earliest_on(item: Item, need: Need) -> date:
    """The earliest day on which it can be met: what has a window before the start is not begun before it opens."""
    window = item.requirement.validity.window_days
    opens = need.on if window is None else need.days.start - timedelta(days=window)
    begins = need.on if item.status is ItemStatus.RECEIVED else max(need.on, opens)
    return begins + timedelta(days=item.remaining_days)


def assess(
    requirement: Requirement,
    held: Sequence[Held],
    *,
    need: Need,
    waiver: Waiver | None,
    residences: Sequence[Residence] = (),
) -> Item:
    """The item as it stands: verified by what covers the need, else waived, else what came in last.

    `residences` are where the clinician lived when; they decide where a licence is good.
    """
    item = Item(requirement=requirement, due_on=need.days.start, waiver=waiver)
    if requirement.is_licence:
        best = licensed(held, requirement, need=need, residences=residences)
    else:
        best = relied_on(held, requirement, need=need)
    return _finished(_measured(item, held, need, best), need)


def _finished(item: Item, need: Need) -> Item:
    late = None if item.is_met else deadline(item.requirement, need)
    if late is not None and item.status is not ItemStatus.REJECTED:
        item = _trailing(item, late, need)
    return replace(item, due_on=_due_on(item, late, need))


def _due_on(item: Item, late: Deadline | None, need: Need) -> date:
    """What is met and runs out on the way is renewed before it blocks shifts; all else is wanted by its deadline."""
    if item.is_met and item.blocks_shifts_from is not None:
        takes = item.requirement.verify_days + (0 if item.renewal_id else item.requirement.obtain_days)
        return item.blocks_shifts_from - A_DAY - timedelta(days=takes)
    wanted = late.due_on if late else need.days.start - timedelta(days=item.requirement.due_days_before_start)
    return wanted - timedelta(days=item.remaining_days)


def waiting(held: Sequence[Held], requirement: Requirement) -> Held | None:
    """The newest claim that answers a requirement and was neither confirmed nor refused."""
    return next((one for one in newest_first(held, requirement) if one.status is HeldStatus.PENDING), None)


def _trailing(item: Item, late: Deadline, need: Need) -> Item:
    if late.blocks_from is not None and late.blocks_from <= need.first:
        return item
    status = ItemStatus.DUE_LATER if item.status is ItemStatus.MISSING else item.status
    return replace(item, status=status, is_trailing=True, blocks_shifts_from=late.blocks_from)


def _measured(item: Item, held: Sequence[Held], need: Need, best: Reliance | None) -> Item:
    if best is not None and best.worth.lack is None:
        return _relying(item, best, _renewal_of(best.held, held, item.requirement))
    if item.waiver is not None and _holds(item.waiver, item.requirement, need):
        return _waived(item, item.waiver, need)
    if is_out_of_season(item.requirement, need):
        return replace(item, status=ItemStatus.NOT_ASKED)
    return _unmet(item, held, need, best)


def _renewal_of(good: Held, held: Sequence[Held], requirement: Requirement) -> Held | None:
    """The newest claim that waits, if it came in after the one that counts."""
    claim = waiting(held, requirement)
    is_newer = claim is not None and (claim.received_on, claim.credential_id) > (good.received_on, good.credential_id)
    return claim if is_newer else None


def _relying(item: Item, good: Reliance, renewal: Held | None) -> Item:
    return replace(
        item,
        status=ItemStatus.VERIFIED,
        credential_id=good.held.credential_id,
        result_id=good.held.result_id,
        renewal_id=renewal.credential_id if renewal else None,
        is_unclear=renewal is not None and renewal.is_unclear,
        is_to_adjudicate=good.held.needs_adjudication or (renewal is not None and renewal.needs_adjudication),
        valid_through=good.worth.valid_through,
        first_uncovered=good.worth.first_uncovered,
        blocks_shifts_from=good.worth.blocks_from,
        basis=good.basis,
        reasons=good.reasons,
    )


def _holds(waiver: Waiver, requirement: Requirement, need: Need) -> bool:
    """A rule that became stricter since may no longer be waived by that side, or at all."""
    lasts = waiver.through is None or waiver.through >= need.first
    return lasts and waiver.party in APPROVERS[requirement.waivable]


def _waived(item: Item, waiver: Waiver, need: Need) -> Item:
    ends = waiver.through is not None and waiver.through < need.days.last
    gap = waiver.through + A_DAY if ends and waiver.through else None
    return replace(
        item,
        status=ItemStatus.WAIVED,
        valid_through=waiver.through,
        first_uncovered=gap,
        blocks_shifts_from=max(first_blocked(gap, need), need.first + A_DAY) if gap else None,
    )


def _unmet(item: Item, held: Sequence[Held], need: Need, best: Reliance | None) -> Item:
    """The item that nothing satisfies: what came in last, and why that does not do."""
    newest = next(iter(newest_first(held, item.requirement)), None)
    if item.requirement.issuers == ():
        return replace(item, lack=Lack.ISSUERS_CONTRADICT, reasons=item.requirement.conflicts)
    if newest is None:
        return replace(item, lack=Lack.NOT_PRESENTED)
    known = replace(
        item,
        credential_id=newest.credential_id,
        result_id=newest.result_id,
        is_unclear=newest.is_unclear,
        is_disciplined=newest.is_disciplined,
        is_to_adjudicate=newest.needs_adjudication,
    )
    if newest.status is HeldStatus.PENDING:
        return replace(known, status=ItemStatus.RECEIVED)
    if newest.status is HeldStatus.REJECTED:
        return replace(known, status=ItemStatus.REJECTED)
    lacking = best.worth if best else worth(newest, item.requirement, need=need)
    why = lacking.lack or Lack.NOT_PRESENTED
    reasons = best.reasons if best else ()
    return replace(known, lack=why, reasons=reasons, first_uncovered=lacking.first_uncovered)
