"""The way of one item through one file: when it was asked for, came in, and was confirmed.

What was held already when the file opened took no time and is not measured.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from credentialing.domain.file import File
from credentialing.domain.forecast.durations import Measured, Stage
from credentialing.domain.held import Held
from credentialing.domain.item import Item, ItemStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """When an item moved on; None where it has not yet."""

    file_id: str
    code: str
    state: str
    facility_id: str
    opened_on: date
    received_on: date | None = None
    confirmed_on: date | None = None

    @property
    def waits_since(self) -> date:
        """Since when its present stage runs."""
        return self.received_on or self.opened_on

    def measured(self) -> tuple[Measured, ...]:
        """The days of its stages that are over; what came in before it was asked for tells nothing of obtaining."""
        days = []
        if self.received_on and self.received_on >= self.opened_on:
            days.append((Stage.OBTAIN, (self.received_on - self.opened_on).days))
        if self.received_on and self.confirmed_on and self.confirmed_on >= self.received_on:
            days.append((Stage.VERIFY, (self.confirmed_on - self.received_on).days))
        return tuple(
            Measured(code=self.code, state=self.state, facility_id=self.facility_id, stage=stage, days=count)
            for stage, count in days
        )


def courses(file: File, held: Sequence[Held], *, known: Mapping[str, Course], today: date) -> tuple[Course, ...]:
    """The courses of a file's items as they are today; `known` is by code. What was met at once has none."""
    by_id = {one.credential_id: one for one in held}
    found = [
        _moved(known.get(item.code) or _opened(file, item, today), item, by_id, today)
        for item in file.items
        if item.code in known or not item.is_met
    ]
    return tuple(found)


def _opened(file: File, item: Item, today: date) -> Course:
    return Course(
        file_id=file.file_id, code=item.code, state=file.work_state, facility_id=file.facility_id, opened_on=today
    )


def _moved(course: Course, item: Item, held: Mapping[str, Held], today: date) -> Course:
    """What came in counts from then on; one that was refused or ran out goes back to waiting for another."""
    behind = held.get(item.credential_id or "")
    if course.confirmed_on is not None or item.status is ItemStatus.WAIVED:
        return course
    if behind is None or item.status not in (ItemStatus.RECEIVED, ItemStatus.VERIFIED):
        return replace(course, received_on=None)
    received = course.received_on or behind.received_on
    if item.status is ItemStatus.RECEIVED:
        return replace(course, received_on=received)
    return replace(course, received_on=received, confirmed_on=behind.verified_on or today)
