"""Where credentialing stands with an assignment: what is met, whose move it is, and what people must do.

Only codes and roles leave in a standing. Of the confidential parts of a file (health, background, I-9) no
obstacle says which item is open or how it went, only that the part is not complete.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from credentialing.domain.clearance import facility_day
from credentialing.domain.expirables.renewals import RenewalDue, renewals
from credentialing.domain.file import File
from credentialing.domain.item import Item, ItemStatus
from credentialing.domain.requirement import Owner, Partition
from credentialing.domain.screening.lists import SCREENED
from shared.contracts.terms import Terms
from shared.contracts.workstreams import Action, Status
from shared.money import Money
from shared.workstreams.standing import Obstacle, Standing, Task

COLLECT_MINUTES = 10
CHECK_MINUTES = 5
VERIFY_MINUTES = 8
SEND_MINUTES = 10
REVIEW_MINUTES = 20
"""Usual effort of chasing a part of a file, running a look-up, verifying one credential, sending a packet and judging
a background report (estimates)."""

SEND_PACKET = "send:packet"
REVIEW = "review_report"
REVIEWED = (ItemStatus.RECEIVED, ItemStatus.VERIFIED)

SKILLS = {
    Partition.PERSONNEL: "credentialing",
    Partition.HEALTH: "occupational_health",
    Partition.BACKGROUND: "background_review",
    Partition.I9: "i9_inspection",
    Partition.PAYROLL: "credentialing",
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
        tasks=(
            *_tasks(file),
            *_renewal_tasks(file, facility_day(file, now)),
            *_packet_tasks(file),
            *_review_tasks(file),
        ),
        completed=_completed(file),
        withdrawal="no_longer_needed" if file.is_open else "assignment_ended",
    )


def told_in_part(whole: Standing) -> Standing:
    """The same for who is not told which confidential items are open: of such a part, what is done for all of it."""
    tasks = tuple(
        one for one in whole.tasks if one.partition == Partition.PERSONNEL or one.key.endswith(f":{one.partition}")
    )
    named = {one.key for one in tasks}
    obstacles = tuple(one if one.task_key in named else replace(one, task_key=None) for one in whole.obstacles)
    return replace(whole, obstacles=obstacles, tasks=tasks)


def expected_ready_on(file: File, today: date) -> date | None:
    """The day on which all that must be met before the start can be, if each next step begins today; None: it is."""
    waits = [item.remaining_days for item in _in_the_way(file)]
    return today + timedelta(days=max(waits)) if waits else None


def _open_items(file: File) -> tuple[Item, ...]:
    """Everything that people still have to do something about, also after the start."""
    return tuple(item for item in file.items if not item.is_met) if file.is_open else ()


def _in_the_way(file: File) -> tuple[Item, ...]:
    return tuple(item for item in _open_items(file) if item.stands_in_the_way)


def _to_work_on(file: File) -> tuple[Item, ...]:
    """The open items, and those for which a renewal waits to be confirmed, or a later report to be judged."""
    again = (item for item in file.items if item.is_met and (item.renewal_id or _is_to_review(file, item)))
    return (*_open_items(file), *(again if file.is_open else ()))


def _is_to_review(file: File, item: Item) -> bool:
    """Whether people are to judge what a source said of a confidential item, and no review began on that answer."""
    if item.requirement.partition is Partition.PERSONNEL or item.status not in REVIEWED:
        return False
    is_doubted = item.is_to_adjudicate or (item.is_unclear and _waits_for_check(item))
    began = {(one.code, one.result_id) for one in file.reviews}
    return is_doubted and (item.code, item.result_id) not in began


def _status(file: File, today: date) -> Status:
    if not file.is_open:
        return Status.CLOSED
    open_items = _in_the_way(file)
    if not open_items:
        return Status.READY
    if any(item.status is ItemStatus.REJECTED and item.requirement.is_never_waivable for item in open_items):
        return Status.BLOCKED
    return Status.AT_RISK if any(item.due_on < today for item in open_items) else Status.OPEN


def _obstacles(file: File) -> tuple[Obstacle, ...]:
    """One per personnel item that is in the way, one for each other part that has such an item."""
    open_items = _in_the_way(file)
    named = [_named(file, item) for item in open_items if item.requirement.partition is Partition.PERSONNEL]
    parts = [part for part in Partition if part is not Partition.PERSONNEL]
    grouped = [(part, [item for item in open_items if item.requirement.partition is part]) for part in parts]
    return (*named, *(_unnamed(file, part, items) for part, items in grouped if items))


def _named(file: File, item: Item) -> Obstacle:
    key = _task_key(file, item)
    return Obstacle(code=f"{item.code}:{item.status}", owner=_mover(item), due=item.due_on, task_key=key)


def _unnamed(file: File, part: Partition, items: list[Item]) -> Obstacle:
    first = min(items, key=lambda item: item.due_on)
    key = _task_key(file, first)
    return Obstacle(code=f"{part}_incomplete", owner=_mover(first), due=first.due_on, task_key=key)


def _mover(item: Item) -> str:
    return Owner.SPECIALIST if _waits_for_check(item) else item.requirement.owner


def _waits_for_check(item: Item) -> bool:
    return item.status is ItemStatus.RECEIVED or item.renewal_id is not None


def _task_key(file: File, item: Item) -> str:
    review = next((one for one in file.reviews if one.is_open and one.code == item.code), None)
    if review is not None:
        return review.key
    if _is_to_review(file, item):
        return f"review:{item.code}"
    if _waits_for_check(item):
        return f"verify:{item.code}"
    if item.status in (ItemStatus.MISSING, ItemStatus.DUE_LATER) and item.requirement.owner is Owner.SPECIALIST:
        return f"check:{item.code}"
    return f"collect:{item.requirement.partition}"


def _tasks(file: File) -> tuple[Task, ...]:
    """Verifications and look-ups one by one; what others must bring, once per part; no item of an open review."""
    by_key: dict[str, list[Item]] = {}
    reviewed = {one.code for one in file.reviews if one.is_open}
    for item in (one for one in _to_work_on(file) if one.code not in reviewed):
        by_key.setdefault(_task_key(file, item), []).append(item)
    return tuple(_task(file, key, items) for key, items in by_key.items())


def _renewal_tasks(file: File, today: date) -> tuple[Task, ...]:
    """What runs out in the assignment, item by item; of a confidential part once. What came in is verified instead."""
    by_key: dict[str, list[RenewalDue]] = {}
    for one in renewals(file, today):
        if not one.is_received:
            by_key.setdefault(_renewal_key(one.item), []).append(one)
    return tuple(
        _task(file, key, [one.item for one in due], due_on=min(one.begin_by for one in due))
        for key, due in by_key.items()
    )


def _renewal_key(item: Item) -> str:
    part = item.requirement.partition
    return f"renew:{item.code if part is Partition.PERSONNEL else part}"


def _task(file: File, key: str, items: list[Item], *, due_on: date | None = None) -> Task:
    kind = key.partition(":")[0]
    part = items[0].requirement.partition
    kinds = {
        "verify": (
            "verify_credential",
            VERIFY_MINUTES,
            _on_item(file, items[0], _confirmed_by(items[0], "verify"), "reject"),
        ),
        "review": (REVIEW, REVIEW_MINUTES, (_look(file),)),
        "check": ("run_check", CHECK_MINUTES, _on_item(file, items[0], _confirmed_by(items[0], "receive"))),
        "collect": ("collect_credentials", COLLECT_MINUTES, _collecting(file, part, items)),
        "renew": ("renew_credential", COLLECT_MINUTES, _collecting(file, part, items)),
    }
    name, minutes, actions = kinds[kind]
    return Task(
        key=key,
        kind=name,
        due_at=_end_of(due_on or min(item.due_on for item in items), file.time_zone),
        weight_minutes=minutes,
        skill=SKILLS[part],
        partition=part,
        actions=actions,
        money_at_stake_cents=week_of_billing_cents(file.terms),
        playbook=name.replace("_", "-"),
    )


def _packet_tasks(file: File) -> tuple[Task, ...]:
    """The client has a packet in which something is another since: it gets a new one by the end of the next day."""
    if file.stale_packet is None or not file.is_open:
        return ()
    packets = f"/v1/files/{file.file_id}/packets"
    actions = (
        Action(name="open", method="GET", path=f"{packets}/{file.stale_packet.packet_id}"),
        Action(name="build", method="POST", path=packets),
    )
    task = Task(
        key=SEND_PACKET,
        kind="send_packet",
        due_at=_end_of(file.stale_packet.since + timedelta(days=1), file.time_zone),
        weight_minutes=SEND_MINUTES,
        skill=SKILLS[Partition.PERSONNEL],
        actions=actions,
        money_at_stake_cents=week_of_billing_cents(file.terms),
        playbook="send-packet",
    )
    return (task,)


def _review_tasks(file: File) -> tuple[Task, ...]:
    """The next step with each report, told as any other doubt is; who was told is owed an end, also after the end."""
    due = [(one, one.due_on) for one in file.reviews if one.due_on is not None and (file.is_open or one.is_told)]
    return tuple(
        Task(
            key=one.key,
            kind=REVIEW,
            due_at=_end_of(due_on, file.time_zone),
            weight_minutes=REVIEW_MINUTES,
            skill=SKILLS[Partition.BACKGROUND],
            partition=Partition.BACKGROUND,
            actions=(_look(file),),
            money_at_stake_cents=week_of_billing_cents(file.terms),
            playbook="review-report",
        )
        for one, due_on in due
    )


def _confirmed_by(item: Item, verb: str) -> str:
    """What screening decides is confirmed by a look at the source while no file of its list is loaded."""
    return "check" if item.code in SCREENED else verb


def _on_item(file: File, item: Item, *verbs: str) -> tuple[Action, ...]:
    """The commands of an item; of a confidential part only the way to its file, since a path names its item."""
    if item.requirement.partition is not Partition.PERSONNEL:
        return (_look(file),)
    path = f"/v1/files/{file.file_id}/items/{item.code}"
    return tuple(Action(name=verb, method="POST", path=f"{path}:{verb}") for verb in verbs)


def _collecting(file: File, part: Partition, items: list[Item]) -> tuple[Action, ...]:
    if part is not Partition.PERSONNEL:
        return (_look(file),)
    return (_look(file), *(action for item in items for action in _on_item(file, item, "receive")))


def _look(file: File) -> Action:
    return Action(name="open", method="GET", path=f"/v1/files/{file.file_id}")


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
    wanted = {_task_key(file, item) for item in _to_work_on(file)}
    done = {f"verify:{item.code}" for item in decided}
    done |= {f"{verb}:{item.code}" for item in came_in for verb in ("check", "review")}
    done |= {key for one in file.reviews for key in one.earlier_keys}
    done |= {_renewal_key(item) for item in came_in if item.is_met}
    done |= {f"collect:{item.requirement.partition}" for item in came_in}
    done |= set() if file.stale_packet else {SEND_PACKET}
    return frozenset(done - wanted)
