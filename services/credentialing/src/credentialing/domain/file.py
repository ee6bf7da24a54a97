"""The credentialing file of one assignment: opened by the offer, adapted to every change, closed at the end.

Whether an item is met always follows from what the clinician holds now (`recheck`), so a change of dates,
of place or of a credential is one and the same computation.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from credentialing.domain.errors import FileClosed, ItemNotInFile
from credentialing.domain.held import Held
from credentialing.domain.item import Item, Waiver, assess
from credentialing.domain.resolution import Posting, resolve
from credentialing.domain.validity import Need
from shared.contracts.assignments import AssignmentEnded, FacilityChanged, OfferAccepted, State
from shared.contracts.terms import Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """The clearance last granted: for which terms, through which day (inclusive)."""

    terms_version: int
    valid_through: date


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
    rulebook. `clearances_said` counts grants and revocations. `version` counts saved changes and is raised by
    storage alone.
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
    granted: Grant | None = None
    clearances_said: int = 0
    closing: Closing | None = None
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What a change did, by code: asked anew, no longer asked, to be met again, and met now."""

    added: tuple[str, ...]
    dropped: tuple[str, ...]
    reopened: tuple[str, ...]
    newly_met: tuple[str, ...]


def open_file(
    offer: OfferAccepted,
    facility: FacilityChanged,
    *,
    held: Sequence[Held],
    new_id: Callable[[str], str],
    today: date,
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
    return _resolved(empty, held=held, today=today)


def adapt(file: File, terms: Terms, *, facility: FacilityChanged, held: Sequence[Held], today: date) -> File:
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
    )
    return _resolved(renewed, held=held, today=today)


def recheck(file: File, held: Sequence[Held], *, today: date) -> File:
    """The file measured anew against all the clinician holds now; a closed file stays as it is."""
    if not file.is_open:
        return file
    need = needed(file, today)
    return replace(
        file,
        items=tuple(assess(item.requirement, held, need=need, waiver=item.waiver) for item in file.items),
    )


def with_waiver(file: File, code: str, *, waiver: Waiver) -> File:
    """The file with a waiver written on one item; `recheck` lets it count."""
    return replace(
        file,
        items=tuple(replace(item, waiver=waiver) if item.code == code else item for item in file.items),
    )


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


def needed(file: File, today: date) -> Need:
    """The days that credentials must cover, seen from today."""
    return Need(days=file.terms.period, on=today)


def _resolved(file: File, *, held: Sequence[Held], today: date) -> File:
    posting = Posting.of(file.terms, state=file.work_state, assignment_id=file.assignment_id)
    waivers = {item.requirement.code: item.waiver for item in file.items if item.waiver}
    need = needed(file, today)
    return replace(
        file,
        items=tuple(
            assess(asked, held, need=need, waiver=waivers.get(asked.code))
            for asked in resolve(posting, file.terms.start_date)
        ),
    )
