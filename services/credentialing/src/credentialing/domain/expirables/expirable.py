"""What of a clinician's runs out on a day, the steps of reminding, and the assignments that it touches.

It follows from what is held and verified, measured by what the clinician's files ask; nobody sets it. A renewal that
was confirmed moves the last day and begins the steps anew; one that only came in is noted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from credentialing.domain.expirables.cadence import LICENCE, Notice, notice, reminders
from credentialing.domain.expirables.shifts import first_at_risk
from credentialing.domain.file import File
from credentialing.domain.held import Held, HeldStatus, newest_first
from credentialing.domain.item import Item
from credentialing.domain.requirement import Partition, Requirement
from credentialing.domain.validity import valid_through


class Renewal(StrEnum):
    """How far a renewal is."""

    NONE = "none"
    RECEIVED = "received"
    """It came in; its source has not confirmed it, so it extends nothing yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """An assignment in which it is needed beyond its last day, and the day of the first shift at risk."""

    file_id: str
    assignment_id: str
    facility_id: str
    first_shift_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Expirable:
    """One credential that runs out after `expires_on`, by code and subject of its clinician.

    `lead_days` is the longest usual time to renew and confirm it. `steps` are the notices still to give, in days
    before the last day, the next one first; none once it is over (nothing valid is held any more).
    """

    expirable_id: str
    clinician_id: str
    code: str
    subject: str
    name: str
    partition: Partition
    credential_id: str
    expires_on: date
    lead_days: int
    steps: tuple[int, ...]
    renewal: Renewal = Renewal.NONE
    touches: tuple[Touched, ...] = ()
    is_over: bool = False
    version: int = 0

    @property
    def next_notice(self) -> Notice | None:
        """The next step, None when all were given."""
        return notice(self.expires_on, self.steps[0], lead_days=self.lead_days) if self.steps else None

    @property
    def next_notice_on(self) -> date | None:
        """The day of the next step."""
        return self.next_notice.due_on if self.next_notice else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """The expirable after its due steps, and those steps in order."""

    expirable: Expirable
    notices: tuple[Notice, ...]


def expirables(
    files: Sequence[File], held: Sequence[Held], *, known: Mapping[str, Expirable], today: date
) -> tuple[Expirable, ...]:
    """Everything of one clinician that runs out, by the strictest of the files that count; `known` is by id.

    Open files count; between assignments the latest one does. What is known and no longer valid is over.
    """
    found: dict[str, Expirable] = {}
    for file in _counting(files):
        for item in file.items:
            one = _expirable(file, item, held, today)
            if one is not None:
                found[one.expirable_id] = _united(found.get(one.expirable_id), one)
    current = [_continued(known.get(key), one) for key, one in found.items()]
    over = [replace(one, is_over=True, steps=(), touches=()) for key, one in known.items() if key not in found]
    return (*current, *over)


def give(expirable: Expirable, today: date) -> Given:
    """Gives every step that is due, each in its turn, also when the days between were never looked at."""
    steps = [notice(expirable.expires_on, days, lead_days=expirable.lead_days) for days in expirable.steps]
    due = tuple(one for one in steps if one.due_on <= today)
    return Given(expirable=replace(expirable, steps=expirable.steps[len(due) :]), notices=due)


def lasts(requirement: Requirement) -> bool:
    """Whether what satisfies it runs out by time and is renewed, rather than looked up or made again."""
    validity = requirement.validity
    return (validity.printed_expiry or validity.max_age_months is not None) and not validity.is_check


def lead_days(requirement: Requirement) -> int:
    """The longest usual time, in days, to renew something and have it confirmed."""
    return max(requirement.obtain_days, requirement.obtain_days_at_most) + requirement.verify_days


def is_renewal_waiting(relied_on: Held, held: Sequence[Held], *, requirement: Requirement) -> bool:
    """Whether a newer one came in and waits for its source."""
    newer = [one for one in newest_first(held, requirement) if one.status is HeldStatus.PENDING]
    return any(one.received_on >= relied_on.received_on for one in newer)


def _counting(files: Sequence[File]) -> Sequence[File]:
    open_files = [file for file in files if file.is_open]
    return open_files or sorted(files, key=lambda file: (file.terms.start_date, file.file_id))[-1:]


def _expirable(file: File, item: Item, held: Sequence[Held], today: date) -> Expirable | None:
    asked = item.requirement
    if not lasts(asked):
        return None
    relied_on = [one for one in held if one.credential_id == item.credential_id and item.is_met]
    valid = [one for one in (*newest_first(held, asked), *relied_on) if one.status is HeldStatus.VERIFIED]
    dated = [(through, one) for one in valid if (through := valid_through(asked.validity, one.life))]
    if not dated:
        return None
    expires_on, best = max(dated, key=lambda pair: (pair[0], pair[1].credential_id))
    if item.valid_through and item.credential_id == best.credential_id:
        expires_on = min(expires_on, item.valid_through)  # authority may end before the licence does
    # In an open file the steps count from the day of the verification, so that none is lost when time jumps after it.
    known_on = min(best.verified_on or today, today) if file.is_open else today
    shift = first_at_risk(file.terms, expires_on) if file.is_open else None
    touched = Touched(
        file_id=file.file_id,
        assignment_id=file.assignment_id,
        facility_id=file.facility_id,
        first_shift_on=shift or file.terms.end_date,
    )
    return Expirable(
        expirable_id=f"{file.clinician_id}:{asked.code}:{asked.subject}",
        clinician_id=file.clinician_id,
        code=asked.code,
        subject=asked.subject,
        name=asked.name,
        partition=asked.partition,
        credential_id=best.credential_id,
        expires_on=expires_on,
        lead_days=lead_days(asked),
        steps=_steps(asked, expires_on, known_on),
        renewal=Renewal.RECEIVED if is_renewal_waiting(best, held, requirement=asked) else Renewal.NONE,
        touches=(touched,) if shift else (),
    )


def _united(one: Expirable | None, other: Expirable) -> Expirable:
    """Two files that ask for the same: the earlier last day, and every assignment touched."""
    if one is None:
        return other
    first = min(one, other, key=lambda each: each.expires_on)
    return replace(first, touches=(*one.touches, *other.touches))


def _steps(asked: Requirement, expires_on: date, known_on: date) -> tuple[int, ...]:
    is_licence = asked.code.startswith(LICENCE)
    coming = reminders(expires_on, lead_days(asked), today=known_on, is_licence=is_licence)
    return tuple(one.days_before for one in coming)


def _continued(known: Expirable | None, found: Expirable) -> Expirable:
    """The steps go on where they were; another last day begins them anew."""
    if known is None:
        return found
    if known.expires_on == found.expires_on and not known.is_over:
        return replace(found, steps=known.steps, lead_days=known.lead_days, version=known.version)
    return replace(found, version=known.version)
