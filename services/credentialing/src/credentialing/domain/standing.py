"""Where credentialing stands with an assignment: what is met, whose move it is, and what people must do.

Only codes and roles leave in a standing. Of the confidential parts of a file (health, background, I-9) no
obstacle says which item is open or how it went, only that the part is not complete.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from credentialing.domain.clearance import facility_day
from credentialing.domain.file import File
from credentialing.domain.item import Item, ItemStatus
from credentialing.domain.requirement import Owner, Partition
from shared.contracts.terms import Terms
from shared.contracts.workstreams import Action, Status
from shared.money import Money
from shared.workstreams.standing import Obstacle, Standing, Task

COLLECT_MINUTES = 10
CHECK_MINUTES = 5
VERIFY_MINUTES = 8
"""Usual effort of chasing a part of a file, running a look-up, and verifying one credential (estimates)."""

SKILLS = {
    Partition.PERSONNEL: "credentialing",
    Partition.HEALTH: "occupational_health",
    Partition.BACKGROUND: "background_review",
    Partition.I9: "i9_inspection",
}
"""Who may do the work of each part of a file."""


def standing(file: File, now: datetime) -> Standing:
    """The department's whole answer to the terms of the file."""
    return Standing(
        assignment_id=file.assignment_id,
        terms_version=file.terms.version,
        status=_status(file, facility_day(file, now)),
        done=sum(item.is_met for item in file.items),
        total=len(file.items),
        expected_ready_on=expected_ready_on(file, facility_day(file, now)),
        obstacles=_obstacles(file),
        tasks=_tasks(file),
        completed=_completed(file),
        withdrawal="no_longer_needed" if file.is_open else "assignment_ended",
    )


def expected_ready_on(file: File, today: date) -> date | None:
    """The day on which every item can be met if each next step begins today; None when nothing is open."""
    waits = [item.remaining_days for item in _open_items(file)]
    return today + timedelta(days=max(waits)) if waits else None


def _open_items(file: File) -> tuple[Item, ...]:
    return tuple(item for item in file.items if not item.is_met) if file.is_open else ()


def _status(file: File, today: date) -> Status:
    if not file.is_open:
        return Status.CLOSED
    open_items = _open_items(file)
    if not open_items:
        return Status.READY
    if any(item.status is ItemStatus.REJECTED and item.requirement.is_never_waivable for item in open_items):
        return Status.BLOCKED
    return Status.AT_RISK if any(item.due_on < today for item in open_items) else Status.OPEN


def _obstacles(file: File) -> tuple[Obstacle, ...]:
    """One per open item of the personnel part, one for each other part that is not complete."""
    open_items = _open_items(file)
    named = [_named(item) for item in open_items if item.requirement.partition is Partition.PERSONNEL]
    parts = [part for part in Partition if part is not Partition.PERSONNEL]
    grouped = [(part, [item for item in open_items if item.requirement.partition is part]) for part in parts]
    return (*named, *(_unnamed(part, items) for part, items in grouped if items))


def _named(item: Item) -> Obstacle:
    return Obstacle(code=f"{item.code}:{item.status}", owner=_mover(item), due=item.due_on, task_key=_task_key(item))


def _unnamed(part: Partition, items: list[Item]) -> Obstacle:
    first = min(items, key=lambda item: item.due_on)
    return Obstacle(code=f"{part}_incomplete", owner=_mover(first), due=first.due_on, task_key=_task_key(first))


def _mover(item: Item) -> str:
    return Owner.SPECIALIST if item.status is ItemStatus.RECEIVED else item.requirement.owner


def _task_key(item: Item) -> str:
    if item.status is ItemStatus.RECEIVED:
        return f"verify:{item.code}"
    if item.status is ItemStatus.MISSING and item.requirement.owner is Owner.SPECIALIST:
        return f"check:{item.code}"
    return f"collect:{item.requirement.partition}"


def _tasks(file: File) -> tuple[Task, ...]:
    """Verifications and look-ups one by one; what others must bring, once per part of the file."""
    by_key: dict[str, list[Item]] = {}
    for item in _open_items(file):
        by_key.setdefault(_task_key(item), []).append(item)
    return tuple(_task(file, key, items) for key, items in by_key.items())


def _task(file: File, key: str, items: list[Item]) -> Task:
    kind = key.partition(":")[0]
    part = items[0].requirement.partition
    kinds = {
        "verify": ("verify_credential", VERIFY_MINUTES, _on_item(file, items[0], "verify", "reject")),
        "check": ("run_check", CHECK_MINUTES, _on_item(file, items[0], "receive")),
        "collect": ("collect_credentials", COLLECT_MINUTES, _collecting(file, part, items)),
    }
    name, minutes, actions = kinds[kind]
    return Task(
        key=key,
        kind=name,
        due_at=_end_of(min(item.due_on for item in items), file.time_zone),
        weight_minutes=minutes,
        skill=SKILLS[part],
        partition=part,
        actions=actions,
        money_at_stake_cents=week_of_billing_cents(file.terms),
        playbook=name.replace("_", "-"),
    )


def _on_item(file: File, item: Item, *verbs: str) -> tuple[Action, ...]:
    path = f"/v1/files/{file.file_id}/items/{item.code}"
    return tuple(Action(name=verb, method="POST", path=f"{path}:{verb}") for verb in verbs)


def _collecting(file: File, part: Partition, items: list[Item]) -> tuple[Action, ...]:
    look = Action(name="open", method="GET", path=f"/v1/files/{file.file_id}")
    if part is not Partition.PERSONNEL:
        return (look,)  # naming the items would tell which one was refused
    return (look, *(action for item in items for action in _on_item(file, item, "receive")))


def week_of_billing_cents(terms: Terms) -> int | None:
    """What a start one week late does not bill: guaranteed hours at the regular rate; None when not agreed."""
    rate = terms.bill_rates.get("REG")
    if rate is None or not terms.guaranteed_hours_per_week:
        return None
    return Money.rounded(rate * terms.guaranteed_hours_per_week).cents


def _end_of(day: date, time_zone: str) -> datetime:
    """The instant at which the day ends at the facility."""
    return datetime.combine(day + timedelta(days=1), time.min, ZoneInfo(time_zone)).astimezone(UTC)


def _completed(file: File) -> frozenset[str]:
    """Every task whose outcome is in the file: what came in was collected, what was decided, verified."""
    came_in = [item for item in file.items if item.credential_id is not None]
    decided = [item for item in came_in if item.status in (ItemStatus.VERIFIED, ItemStatus.REJECTED)]
    wanted = {_task_key(item) for item in _open_items(file)}
    done = {f"verify:{item.code}" for item in decided}
    done |= {f"check:{item.code}" for item in came_in}
    done |= {f"collect:{item.requirement.partition}" for item in came_in}
    return frozenset(done - wanted)
