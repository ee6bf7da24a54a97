"""Where housing stands with an assignment, and what people must do about it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from housing.domain.case import Case
from housing.domain.rulebook.steps import StepName, check_out, effort, liability_check
from housing.domain.steps import (
    STEPS,
    Steps,
    commitment_findings,
    due_on,
    expected_ready_on,
    is_done,
    open_from,
    terms_findings,
    undone,
)
from shared.calendar import local_day
from shared.contracts.terms import HousingMode
from shared.contracts.workstreams import Action, Status
from shared.workstreams.standing import Obstacle, Standing, Task

SKILL = "housing"
SPECIALIST = "housing_specialist"

_TASKS = {
    StepName.STIPEND_AGREED: ("record_agreement", "record-agreement"),
    StepName.OWN_HOUSING: ("confirm_own_housing", "confirm-own-housing"),
    StepName.UNIT_CHOSEN: ("choose_unit", "choose-unit"),
    StepName.UNIT_BOOKED: ("book_unit", "book"),
}
"""Of each step, the key of its task and the verb of its command."""

_WAITS_FOR = {"not_confirmed": "client", "agreement_not_signed": "clinician"}


def standing(case: Case, now: datetime) -> Standing:
    """Housing's answer to the present terms: its steps, what they wait for, the tasks open now."""
    steps, ahead = STEPS[case.mode], undone(case)
    today = local_day(now, case.time_zone)
    expected = None if case.is_closed else expected_ready_on(case, ahead, today=today)
    tasks = _closing_tasks(case) if case.is_closed else _tasks(case, ahead)
    return Standing(
        assignment_id=case.assignment_id,
        terms_version=case.terms.version,
        status=_status(case, ahead, expected=expected, today=today),
        done=len(steps) - len(ahead),
        total=len(steps),
        expected_ready_on=expected,
        obstacles=_obstacles(case, ahead, open_keys={task.key for task in tasks}),
        tasks=tasks,
        completed=_completed(case),
        withdrawal="assignment_ended" if case.is_closed else "no_longer_needed",
    )


def _status(case: Case, ahead: Steps, *, expected: date | None, today: date) -> Status:
    if case.is_closed:
        return Status.CLOSED
    if terms_findings(case.terms):
        return Status.BLOCKED
    if expected is None:
        return Status.READY
    is_late = expected > open_from(case) or any(due_on(case, step) < today for step in ahead)
    return Status.AT_RISK if is_late else Status.OPEN


def _obstacles(case: Case, ahead: Steps, *, open_keys: set[str]) -> tuple[Obstacle, ...]:
    if case.is_closed:
        return ()
    faults = [Obstacle(code=fault.code, owner="recruiter") for fault in terms_findings(case.terms)]
    missing = [_obstacle(case, step, open_keys) for step in ahead]
    waits = _waits(case) if StepName.UNIT_BOOKED in ahead else ()
    return (*faults, *missing, *waits)


def _obstacle(case: Case, step: StepName, open_keys: set[str]) -> Obstacle:
    """A stipend is agreed and own housing found by the clinician; a unit is the coordinator's to find."""
    key, _ = _TASKS[step]
    owner = "clinician" if case.mode is HousingMode.STIPEND else SPECIALIST
    return Obstacle(
        code=f"{step.value}_missing",
        owner=owner,
        due=due_on(case, step),
        task_key=key if key in open_keys else None,
    )


def _waits(case: Case) -> Iterator[Obstacle]:
    """What keeps a unit from being booked."""
    due = due_on(case, StepName.UNIT_BOOKED)
    for finding in commitment_findings(case):
        task_key = "record_agreement" if finding.code == "agreement_not_signed" else None
        yield Obstacle(code=finding.code, owner=_WAITS_FOR[finding.code], due=due, task_key=task_key)


def _tasks(case: Case, ahead: Steps) -> tuple[Task, ...]:
    tasks = [_task(case, step) for step in ahead if step is not StepName.UNIT_BOOKED]
    if StepName.UNIT_BOOKED in ahead:
        if not case.has_agreement:
            tasks.append(_task(case, StepName.STIPEND_AGREED))
        if StepName.UNIT_CHOSEN not in ahead and not commitment_findings(case):
            tasks.append(_task(case, StepName.UNIT_BOOKED))
    return (*tasks, *_liability_tasks(case))


def _task(case: Case, step: StepName) -> Task:
    key, verb = _TASKS[step]
    return Task(
        key=key,
        kind=key,
        due_at=_end_of(due_on(case, step), zone=case.time_zone),
        weight_minutes=effort(step, case.asked_on).weight_minutes,
        skill=SKILL,
        actions=(Action(name=key, method="POST", path=f"/v1/cases/{case.case_id}:{verb}"),),
        playbook=key.replace("_", "-"),
    )


def _closing_tasks(case: Case) -> tuple[Task, ...]:
    tasks = _liability_tasks(case)
    if case.unit is None or case.unit.booking is None or case.checked_out_on is not None:
        return tasks
    departure = case.unit.booking.nights.end
    course = check_out(departure)
    leave = Task(
        key="check_out",
        kind="check_out",
        due_at=_end_of(departure + timedelta(days=course.due_days_after), zone=case.time_zone),
        weight_minutes=course.weight_minutes,
        skill=SKILL,
        actions=(Action(name="check_out", method="POST", path=f"/v1/cases/{case.case_id}:check-out"),),
        playbook="check-out",
    )
    return (*tasks, leave)


def _liability_tasks(case: Case) -> tuple[Task, ...]:
    tasks = []
    for number, release in enumerate(case.releases, start=1):
        if release.is_unchecked:
            course = liability_check(release.released_on)
            due_day = release.released_on + timedelta(days=course.due_days_after)
            path = f"/v1/cases/{case.case_id}/releases/{number}:record-liability"
            task = Task(
                key=f"check_liability:{number}",
                kind="check_liability",
                due_at=_end_of(due_day, zone=case.time_zone),
                weight_minutes=course.weight_minutes,
                skill=SKILL,
                actions=(Action(name="record_liability", method="POST", path=path),),
                money_at_stake_cents=release.at_stake.cents,
                playbook="check-liability",
            )
            tasks.append(task)
    return tuple(tasks)


def _completed(case: Case) -> frozenset[str]:
    done = {_TASKS[step][0] for step in STEPS[case.mode] if is_done(case, step)}
    if case.has_agreement:
        done.add("record_agreement")
    if case.checked_out_on is not None:
        done.add("check_out")
    checked = {
        f"check_liability:{number}" for number, release in enumerate(case.releases, start=1) if release.owed is not None
    }
    return frozenset(done | checked)


@lru_cache(maxsize=1024)  # the cases of a batch are due on the same few days
def _end_of(day: date, *, zone: str) -> datetime:
    """The instant at which the facility's day is over, in UTC."""
    midnight = datetime.combine(day + timedelta(days=1), time(), tzinfo=ZoneInfo(zone))
    return midnight.astimezone(UTC)
