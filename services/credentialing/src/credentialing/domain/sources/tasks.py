"""The work item of a question whose source does not help for now: the check by hand is offered meanwhile."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from credentialing.domain.file import File
from credentialing.domain.item import Item
from credentialing.domain.sources.inquiry import Inquiry, State
from credentialing.domain.standing import SKILLS, week_of_billing_cents
from shared.contracts.workstreams import Action, WorkItemCompleted, WorkItemOpened, WorkItemWithdrawn

KIND = "source_unavailable"
MINUTES = 8
"""Usual effort of a check by hand (estimate)."""

ENDED, ANSWERS_AGAIN = "assignment_ended", "no_longer_needed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The question that remembers its work item, and at most one event about it."""

    inquiry: Inquiry
    event: WorkItemOpened | WorkItemCompleted | WorkItemWithdrawn | None = None


def told(inquiry: Inquiry, files: Sequence[File], *, new_item: str) -> Told:
    """What people are told now, compared with what they were told; `files` are the clinician's open ones.

    The item is attached to the file that starts first among those that still wait for the answer.
    """
    waiting = [file for file in files if _open_item(file, inquiry) is not None]
    first = min(waiting, key=lambda file: (file.terms.start_date, file.file_id), default=None)
    is_wanted = inquiry.needs_people and first is not None
    if inquiry.work_item_id is None:
        return _opened(inquiry, first, new_item) if is_wanted and first else Told(inquiry=inquiry)
    is_there = first is not None and inquiry.work_item_for in {file.assignment_id for file in waiting}
    return Told(inquiry=inquiry) if is_wanted and is_there else _ended(inquiry, is_there=is_there)


def _opened(inquiry: Inquiry, file: File, new_item: str) -> Told:
    item = _open_item(file, inquiry)
    assert item is not None
    part = item.requirement.partition
    path = f"/v1/files/{file.file_id}/items/{item.code}"
    event = WorkItemOpened(
        work_item_id=new_item,
        kind=KIND,
        assignment_id=file.assignment_id,
        due_at=_end_of(item, file),
        weight=MINUTES,
        skill=SKILLS[part],
        partition=part,
        actions=(
            Action(name="guide", method="GET", path=f"{path}/guide"),
            Action(name="check", method="POST", path=f"{path}:check"),
            Action(name="ask", method="POST", path=f"{path}:ask"),
        ),
        money_at_stake_cents=week_of_billing_cents(file.terms),
        playbook=KIND.replace("_", "-"),
    )
    noted = replace(inquiry, work_item_id=new_item, work_item_for=file.assignment_id, work_item_version=1)
    return Told(inquiry=noted, event=event)


def _ended(inquiry: Inquiry, *, is_there: bool) -> Told:
    item_id, assignment_id = inquiry.work_item_id or "", inquiry.work_item_for or ""
    noted = replace(inquiry, work_item_id=None, work_item_for=None, work_item_version=inquiry.work_item_version + 1)
    event: WorkItemCompleted | WorkItemWithdrawn
    if inquiry.state is State.ANSWERED:
        event = WorkItemCompleted(work_item_id=item_id, assignment_id=assignment_id, kind=KIND)
    else:
        why = ANSWERS_AGAIN if is_there else ENDED
        event = WorkItemWithdrawn(work_item_id=item_id, assignment_id=assignment_id, kind=KIND, reason=why)
    return Told(inquiry=noted, event=event)


def _open_item(file: File, inquiry: Inquiry) -> Item | None:
    """The item of the file that the answer would help, while it is not met."""
    found = (item for item in file.items if item.code == inquiry.about.code and not item.is_met)
    return next(found, None) if file.is_open else None


def _end_of(item: Item, file: File) -> datetime:
    """The end of the item's due day at the facility."""
    next_day = item.due_on + timedelta(days=1)
    return datetime.combine(next_day, time.min, tzinfo=ZoneInfo(file.time_zone)).astimezone(UTC)
