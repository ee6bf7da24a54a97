"""The credentialing file of one assignment: opened by the offer, adapted to every change, closed at the end.

Whether an item is met always follows from what the clinician holds now (`recheck`), so a change of dates,
of place or of a credential is one and the same computation.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from credentialing.domain.authority.residence import Residence
from credentialing.domain.errors import FileClosed, ItemNotInFile
from credentialing.domain.held import Held
from credentialing.domain.item import FacilityWaiver, Item, Waiver
from credentialing.domain.measures.next_step import NextStep
from credentialing.domain.packets.refusal import ClientRefusal, Spoken, StalePacket, assess_for_client
from credentialing.domain.requirement import Requirement
from credentialing.domain.resolution import Posting, resolve
from credentialing.domain.rulebook.book import Rulebook
from credentialing.domain.rulebook.shipped import SHIPPED
from credentialing.domain.validity import Need
from shared.contracts.assignments import AssignmentEnded, FacilityChanged, OfferAccepted, State
from shared.contracts.terms import Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """The clearance last granted: for which terms, through which day (inclusive), decided on which day.

    `codes` are the items that were asked then, and were all met.
    """

    terms_version: int
    valid_through: date
    on: date | None = None
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """How the file ended: `unmet` items fell away; `withdrawn` is the clearance that no longer serves."""

    state: State
    ended_on: date
    reason: str | None
    unmet: tuple[str, ...]
    withdrawn: Grant | None


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """Everything asked of a clinician for one assignment, and how far it is.

    `work_state` and `time_zone` are the facility's. `items` has one item per code, in the order of the
    rulebook. `residences` is where the clinician lived when, as far as known. `rule_set` is the number of
    the rulebook that its items come from. `clearances_said` counts grants and revocations. `refusals` are what its
    client does not take; `stale_packet` is the packet that the client has and that is to be sent again. `reviews` are
    its reports under adjudication. `version` counts saved changes and is raised by storage alone.
    """

    file_id: str
    assignment_id: str
    clinician_id: str
    client_id: str
    facility_id: str
    work_state: str
    time_zone: str
    terms: Terms
    assignment_state: State
    items: tuple[Item, ...]
    residences: tuple[Residence, ...] = ()
    rule_set: int = 0
    granted: Grant | None = None
    clearances_said: int = 0
    closing: Closing | None = None
    refusals: tuple[ClientRefusal, ...] = ()
    stale_packet: StalePacket | None = None
    reviews: tuple[NextStep, ...] = ()
    version: int = 0

    @property
    def is_open(self) -> bool:
        """Whether the assignment is still on its way."""
        return self.closing is None

    def item(self, code: str) -> Item:
        """The item of that code. Raises ItemNotInFile."""
        for item in self.items:
            if item.code == code:
                return item
        raise ItemNotInFile(file_id=self.file_id, item=code)


def columns_of(file: File) -> Mapping[str, object]:
    """What a file is found by, and what says who reaches it."""
    return {
        "file_id": file.file_id,
        "assignment_id": file.assignment_id,
        "clinician_id": file.clinician_id,
        "facility_id": file.facility_id,
        "assignment_state": file.assignment_state.value,
        "start_date": file.terms.start_date,
        "is_open": file.is_open,
        "rule_set": file.rule_set,
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What a change did, by code: asked anew, no longer asked, to be met again, and met now."""

    added: tuple[str, ...]
    dropped: tuple[str, ...]
    reopened: tuple[str, ...]
    newly_met: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What a file is measured by: all that the clinician holds, the day at the facility, and the rules.

    `waivers` are those that hold for every assignment of the clinician at a facility; `residences` are where they
    lived when, None to leave what the file knows.
    """

    held: Sequence[Held]
    today: date
    rulebook: Rulebook = SHIPPED
    waivers: Sequence[FacilityWaiver] = ()
    residences: tuple[Residence, ...] | None = None


def open_file(
    offer: OfferAccepted,
    facility: FacilityChanged,
    *,
    basis: Basis,
    new_id: Callable[[str], str],
) -> File:
    """The file for an accepted offer; what the clinician holds is reused. Raises NoRequirementsInForce."""
    empty = File(
        file_id=new_id("fil"),
        assignment_id=offer.assignment_id,
        clinician_id=offer.clinician_id,
        client_id=offer.client_id,
        facility_id=offer.terms.facility_id,
        work_state=facility.address.state,
        time_zone=facility.time_zone,
        terms=offer.terms,
        assignment_state=offer.state,
        items=(),
    )
    return resolve_again(empty, basis)


def adapt(file: File, terms: Terms, *, facility: FacilityChanged, basis: Basis) -> File:
    """The file under newer terms: requirements resolved again, items measured against new place and dates.

    What still covers stays; what expires too early or left its window is missing again. Waivers hold as
    long as the facility stays. Older or equal terms, and a closed file, change nothing.
    """
    if terms.version <= file.terms.version or not file.is_open:
        return file
    moved = terms.facility_id != file.facility_id
    kept = tuple(replace(item, waiver=None) for item in file.items) if moved else file.items
    renewed = replace(
        file,
        terms=terms,
        facility_id=terms.facility_id,
        work_state=facility.address.state,
        time_zone=facility.time_zone,
        items=kept,
        refusals=() if moved else file.refusals,
        stale_packet=None if moved else file.stale_packet,
    )
    return resolve_again(renewed, basis)


def resolve_again(file: File, basis: Basis) -> File:
    """The file as these rules and its terms ask, measured; a closed file stays as it is. Raises NoRequirementsInForce.

    The rules are those of the first day of the assignment, and hold for all of it.
    """
    if not file.is_open:
        return file
    general = {one.code: one.waiver for one in basis.waivers if one.waiver.facility_id == file.facility_id}
    waivers = general | {item.code: item.waiver for item in file.items if item.waiver}
    asked = resolve(posting(file), file.terms.start_date, rulebook=basis.rulebook)
    wanted = [(one, waivers.get(one.code)) for one in asked]
    residences = file.residences if basis.residences is None else basis.residences
    known = replace(file, rule_set=basis.rulebook.version, residences=residences)
    return _measured(known, wanted, held=basis.held, today=basis.today)


def recheck(file: File, held: Sequence[Held], *, today: date) -> File:
    """The file measured anew against all the clinician holds now; a closed file stays as it is."""
    if not file.is_open:
        return file
    return _measured(file, [(item.requirement, item.waiver) for item in file.items], held=held, today=today)


def with_waiver(file: File, code: str, *, waiver: Waiver) -> File:
    """The file with a waiver written on one item; `recheck` lets it count."""
    return replace(
        file,
        items=tuple(replace(item, waiver=waiver) if item.code == code else item for item in file.items),
    )


def with_refusals(file: File, refusals: tuple[ClientRefusal, ...]) -> File:
    """The file, knowing what its client does not take; `recheck` lets it count."""
    return replace(file, refusals=refusals)


def with_stale_packet(file: File, stale: StalePacket | None) -> File:
    """The file, knowing which packet is to be sent again; None when the client has the newest."""
    return replace(file, stale_packet=stale)


def at_home(file: File, residences: tuple[Residence, ...]) -> File:
    """The file, knowing where the clinician lived when; `recheck` lets it count."""
    return replace(file, residences=residences)


def follow(file: File, state: State) -> File:
    """The file, knowing where the assignment is on its way; a closed file keeps its last state."""
    return replace(file, assignment_state=state) if file.is_open else file


def close(file: File, ended: AssignmentEnded) -> File:
    """The file at the end of its assignment.

    A completed assignment keeps the clearance it was worked under; any other end withdraws it. Credentials
    stay with the clinician. A closed file stays as it is.
    """
    if not file.is_open:
        return file
    completed = ended.state is State.COMPLETED
    closing = Closing(
        state=ended.state,
        ended_on=ended.ended_on,
        reason=ended.reason,
        unmet=tuple(item.code for item in file.items if not item.is_met),
        withdrawn=None if completed else file.granted,
    )
    return replace(
        file,
        assignment_state=ended.state,
        granted=file.granted if completed else None,
        closing=closing,
    )


def compare(before: File, after: File) -> Difference:
    """What changed in the list between two values of one file, in the order of the list."""
    old = {item.code: item for item in before.items}
    new = {item.code: item for item in after.items}
    both = [(old[code], new[code]) for code in new if code in old]
    return Difference(
        added=tuple(code for code in new if code not in old),
        dropped=tuple(code for code in old if code not in new),
        reopened=tuple(b.code for a, b in both if a.is_met and not b.is_met),
        newly_met=tuple(b.code for a, b in both if b.is_met and not a.is_met),
    )


def must_be_open(file: File) -> None:
    """Raises FileClosed when the assignment has ended."""
    if not file.is_open:
        raise FileClosed(file_id=file.file_id)


def posting(file: File) -> Posting:
    """Where and as what its clinician is to work."""
    return Posting.of(file.terms, state=file.work_state, assignment_id=file.assignment_id, client_id=file.client_id)


def needed(file: File, today: date) -> Need:
    """The days that credentials must cover, seen from today."""
    pattern, granted = file.terms.shift_pattern, file.granted
    return Need(
        days=file.terms.period,
        on=today,
        decided_on=granted.on if granted and granted.terms_version == file.terms.version else None,
        is_overnight=pattern.ends_at <= pattern.starts_at,
        is_running=file.assignment_state is State.ACTIVE,
    )


def _measured(
    file: File, wanted: Sequence[tuple[Requirement, Waiver | None]], *, held: Sequence[Held], today: date
) -> File:
    need, refused = needed(file, today), {one.code: one for one in file.refusals}
    said = ((asked, Spoken(waiver=waiver, refusal=refused.get(asked.code))) for asked, waiver in wanted)
    items = (
        assess_for_client(asked, held, need=need, spoken=spoken, residences=file.residences) for asked, spoken in said
    )
    return replace(file, items=tuple(items))
