"""A work item as the queue knows it: what its service said, and who does it."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from portal.domain.assignment import Assignment
from portal.domain.entry import Entry
from portal.domain.rank import Rank, Reason, rank_of
from portal.domain.workstream import Workstream, stalled_by
from shared.contracts.workstreams import Action, WorkItemCompleted, WorkItemOpened, WorkItemWithdrawn

OPEN, COMPLETED, WITHDRAWN = "open", "completed", "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkItem:
    """One thing a person must do, with a field for each column of its row but `open_of`.

    That it exists, is done or withdrawn its service says; owner and snooze are the portal's. `weight` in minutes.
    """

    work_item_id: str
    department: str
    kind: str
    due_at: datetime
    rank_at: datetime
    weight: int
    skill: str
    partition: str
    opened_at: datetime
    changed_at: datetime
    title: str | None = None
    assignment_id: str | None = None
    facility_id: str | None = None
    clinician_id: str | None = None
    source: str | None = None
    start_date: date | None = None
    rank_reasons: tuple[Reason, ...] = ()
    money_at_stake_cents: int | None = None
    playbook: str | None = None
    actions: tuple[Action, ...] = ()
    is_open: bool = True
    status: str = OPEN
    closed_at: datetime | None = None
    closed_by: str | None = None
    closed_why: str | None = None
    owner_id: str | None = None
    owned_at: datetime | None = None
    owner_note: str | None = None
    snoozed_until: datetime | None = None
    snoozed_for: str | None = None
    opened_by: str | None = None
    told: int = 0
    version: int = 0

    @property
    def open_of(self) -> str | None:
        """Its assignment, while it is open."""
        return self.assignment_id if self.is_open else None


def opened(before: WorkItem | None, said: WorkItemOpened, *, entry: Entry, now: datetime) -> WorkItem:
    """The item as its service says it now. Said again, it keeps when and by whom it was opened, and who does it."""
    known = before or WorkItem(
        work_item_id=said.work_item_id,
        department=str(entry.service),
        kind=said.kind,
        due_at=said.due_at,
        rank_at=said.due_at,
        weight=said.weight,
        skill=said.skill,
        partition=said.partition,
        opened_at=entry.at or now,
        opened_by=entry.actor,
        changed_at=now,
    )
    return replace(
        known,
        due_at=said.due_at,
        weight=said.weight,
        skill=said.skill,
        partition=said.partition,
        assignment_id=said.assignment_id,
        money_at_stake_cents=said.money_at_stake_cents,
        playbook=said.playbook,
        actions=said.actions,
        is_open=True,
        status=OPEN,
        closed_at=None,
        closed_by=None,
        closed_why=None,
        changed_at=now,
    )


def closed(known: WorkItem, said: WorkItemCompleted | WorkItemWithdrawn, *, entry: Entry, now: datetime) -> WorkItem:
    """Done or no longer needed; it waits for nothing any more. Its owner stays: it was theirs."""
    is_done = isinstance(said, WorkItemCompleted)
    return replace(
        known,
        is_open=False,
        status=COMPLETED if is_done else WITHDRAWN,
        closed_at=entry.at,
        closed_by=entry.actor,
        closed_why=None if isinstance(said, WorkItemCompleted) else said.reason,
        snoozed_until=None,
        snoozed_for=None,
        changed_at=now,
    )


def ranked(item: WorkItem, assignment: Assignment | None, *, streams: tuple[Workstream, ...] = ()) -> WorkItem:
    """The item where its assignment belongs, counting as due when the rule says; a closed one when it was due."""
    rank = Rank(rank_at=item.due_at)
    if item.is_open:
        rank = rank_of(
            item.due_at,
            start=assignment.start if assignment else None,
            money_at_stake_cents=item.money_at_stake_cents,
            weight=item.weight,
            stalled=stalled_by(streams, item.work_item_id),
        )
    ranked_so = replace(item, rank_at=rank.rank_at, rank_reasons=rank.reasons)
    if assignment is None:
        return ranked_so
    return replace(
        ranked_so,
        facility_id=assignment.facility_id,
        clinician_id=assignment.clinician_id,
        source=assignment.source,
        start_date=assignment.awaited_start,
    )


def unowned(item: WorkItem, *, now: datetime) -> WorkItem:
    """The item with nobody who does it, and without the words that were left for them."""
    return replace(item, owner_id=None, owned_at=None, owner_note=None, changed_at=now)
