"""Invented assignments, each as far as its start and a given day say, with its workstreams and work items."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from portal.domain.assignment import Assignment, Facility, lit, placed
from portal.domain.item import COMPLETED, WorkItem, ranked
from portal.domain.workstream import Workstream
from services.portal.tests.storage.crowd_directory import UNITS, Directory
from shared.contracts.catalogue import DEPARTMENTS
from shared.contracts.workstreams import Action, Blocker, Status

KINDS = {
    "credentialing": ("verify_license", "review_document", "request_waiver", "check_reference"),
    "payroll": ("check_rate", "collect_tax_form", "answer_pay_question", "correct_statement"),
    "housing": ("choose_unit", "confirm_address", "settle_deposit", "check_out"),
    "timekeeping": ("approve_timecard", "resolve_exception", "register_clock", "name_approver"),
}
CODES = {
    "credentialing": ("license_not_verified", "clinician"),
    "payroll": ("rate_below_minimum", "payroll_specialist"),
    "housing": ("unit_not_booked", "housing_specialist"),
    "timekeeping": ("approver_missing", "facility"),
}
WEEKS = timedelta(weeks=13)
FROM_DAYS, TO_DAYS = -150, 60
LOST_IN_100 = 6
OPEN_ITEMS = 5
"""On average of an assignment that is open; the others are done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """One assignment with what departments said of it, and all of its work."""

    assignment: Assignment
    streams: tuple[Workstream, ...]
    items: tuple[WorkItem, ...]


def courses(chance: Random, house: Directory, *, count: int, items: int, today: date) -> Iterator[Course]:
    """`count` assignments that start from 150 days before the day to 60 days after, with `items` among them."""
    for number in range(count):
        many = items * (number + 1) // count - items * number // count
        known = _assignment(number, chance, house, today)
        streams = tuple(_streams(known, chance, today)) if known.is_open else ()
        open_items = min(many, 2 * chance.randint(0, OPEN_ITEMS)) if known.is_open else 0
        lit_up = replace(lit(known, streams), open_items=open_items)
        work = tuple(_items(lit_up, chance, house, streams=streams, opened=_openings(lit_up, chance, many, today)))
        yield Course(assignment=lit_up, streams=streams, items=work)


def noon(day: date) -> datetime:
    """Noon of a day in UTC."""
    return datetime.combine(day, time(12), UTC)


def _assignment(number: int, chance: Random, house: Directory, today: date) -> Assignment:
    clinician, place = chance.choice(house.clinicians), chance.choice(house.facilities)
    start = today + timedelta(days=chance.randint(FROM_DAYS, TO_DAYS))
    accepted = start - timedelta(days=chance.randint(14, 45))
    known = Assignment(
        assignment_id=f"asg_{number:026d}",
        changed_at=noon(min(accepted, today)),
        source="northline_ats",
        source_reference=f"OFR-{number}",
        clinician_id=clinician.clinician_id,
        client_id=place.client_id,
        facility_id=place.facility_id,
        unit=chance.choice(place.units),
        discipline=clinician.discipline.value,
        specialty=chance.choice(UNITS),
        state="accepted",
        is_open=True,
        start_date=start,
        end_date=start + WEEKS - timedelta(days=1),
        first_start_date=start - timedelta(days=7 if chance.random() < 1 / 8 else 0),
        terms_version=1,
        weekly_value_cents=chance.randint(2200, 5200) * 100,
        accepted_at=noon(min(accepted, today)),
        version=1,
    )
    facility = Facility(facility_id=place.facility_id, work_state=place.address.state, time_zone=place.time_zone)
    return _as_far_as(placed(known, facility), chance, today)


def _as_far_as(known: Assignment, chance: Random, today: date) -> Assignment:
    """The assignment on this day: lost, not started yet, at work, or over."""
    assert known.start_date and known.end_date
    start = known.start_date
    if chance.randrange(100) < LOST_IN_100:
        state = chance.choice(("fell_off", "declined", "no_show"))
        return replace(known, state=state, is_open=False, ended_on=min(start, today), end_reason="withdrew")
    confirmed = replace(known, state="onboarding", confirmed_at=noon(start - timedelta(days=12)), signed_version=1)
    days = (start - today).days
    if days > 0:
        is_cleared = days < 7 and chance.random() < 3 / 4
        return _cleared(confirmed) if is_cleared else confirmed if days < 30 else known
    if days > -3 and chance.random() < 1 / 4:
        return confirmed  # late
    begun = replace(_cleared(confirmed), state="active", started_on=start)
    if days < -12:
        is_right = chance.randrange(100) < 93
        paid_on = start + timedelta(days=11)
        begun = replace(begun, first_statement_id="pst_1", first_paid_on=paid_on, is_paid_right=is_right)
    if known.end_date >= today:
        return begun
    return replace(begun, state="completed", is_open=False, ended_on=known.end_date)


def _cleared(known: Assignment) -> Assignment:
    assert known.start_date and known.end_date
    at = noon(known.start_date - timedelta(days=5))
    return replace(known, state="cleared", cleared_at=at, ready_at=at, cleared_through=known.end_date)


def _streams(known: Assignment, chance: Random, today: date) -> Iterator[Workstream]:
    assert known.start_date
    is_begun = known.started_on is not None or known.ready_at is not None
    for department in DEPARTMENTS:
        odds = (Status.READY, Status.OPEN, Status.OPEN, Status.AT_RISK, Status.BLOCKED)
        status = Status.READY if is_begun else chance.choice(odds)
        code, owner = CODES[department]
        since = noon(today - timedelta(days=chance.randint(0, 9)))
        item_id = f"wki_{known.assignment_id[-8:]}{chance.randint(0, 3):018d}"
        blocker = Blocker(code=code, owner=owner, since=since, due=known.start_date, work_item_id=item_id)
        yield Workstream(
            assignment_id=known.assignment_id,
            department=department,
            status=status.value,
            terms_version=1,
            done=4 if status is Status.READY else chance.randint(0, 3),
            total=4,
            since=since,
            changed_at=since,
            expected_ready_on=None if status is Status.READY else known.start_date + timedelta(chance.randint(-9, 3)),
            blockers=() if status in (Status.READY, Status.OPEN) else (blocker,),
            version=1,
        )


def _items(
    known: Assignment,
    chance: Random,
    house: Directory,
    *,
    streams: tuple[Workstream, ...],
    opened: Sequence[datetime],
) -> Iterator[WorkItem]:
    for number, opened_at in enumerate(opened):
        item = _item(known, number, chance, opened_at)
        if number >= known.open_items:
            yield ranked(_done(item, chance, house), known)
        elif chance.random() < 1 / 2:
            owned_at = item.opened_at + timedelta(hours=5)
            owned = replace(item, owner_id=chance.choice(house.people).person_id, owned_at=owned_at, told=1)
            yield ranked(owned, known, streams=streams)
        else:
            yield ranked(item, known, streams=streams)


def _openings(known: Assignment, chance: Random, many: int, today: date) -> list[datetime]:
    """When each item was opened: the open ones lately, the others at any time since the offer."""
    assert known.accepted_at
    last = noon(min(today, known.ended_on or today))
    hours = max((last - known.accepted_at) // timedelta(hours=1), 1)
    lately = [last - timedelta(hours=chance.randint(0, min(hours, 10 * 24))) for _ in range(known.open_items)]
    return lately + [known.accepted_at + timedelta(hours=chance.randint(0, hours)) for _ in range(many - len(lately))]


def _item(known: Assignment, number: int, chance: Random, opened: datetime) -> WorkItem:
    department = DEPARTMENTS[number % len(DEPARTMENTS)]
    kind = chance.choice(KINDS[department])
    item_id = f"wki_{known.assignment_id[-8:]}{number:018d}"
    due = opened + timedelta(hours=chance.randint(8, 12 * 24))
    return WorkItem(
        work_item_id=item_id,
        department=department,
        kind=kind,
        due_at=due,
        rank_at=due,
        weight=chance.choice((10, 15, 30, 60, 150)),
        skill=f"{department}_specialist",
        partition=str(known.work_state).lower(),
        opened_at=opened,
        opened_by=f"system:{department}",
        changed_at=opened,
        assignment_id=known.assignment_id,
        money_at_stake_cents=known.weekly_value_cents if chance.random() < 1 / 3 else None,
        playbook=kind.replace("_", "-"),
        actions=(Action(name=kind, method="POST", path=f"/v1/items/{item_id}:complete"),),
        version=1,
    )


def _done(item: WorkItem, chance: Random, house: Directory) -> WorkItem:
    person: str = chance.choice(house.people).person_id
    at = item.opened_at + timedelta(hours=chance.randint(1, 100))
    owned = replace(item, owner_id=person, owned_at=item.opened_at, told=1)
    return replace(owned, is_open=False, status=COMPLETED, closed_at=at, closed_by=person, changed_at=at)
