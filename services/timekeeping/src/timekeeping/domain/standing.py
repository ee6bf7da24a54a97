"""Where timekeeping stands with an assignment, and what people must do about it."""

from datetime import date, datetime, time, timedelta

from shared.contracts.workstreams import Action, Status
from shared.workstreams.standing import Obstacle, Standing, Task
from timekeeping.domain.local_time import day_at, moment_of, zone_named
from timekeeping.domain.plan import Plan
from timekeeping.domain.rulebook.steps import StepName, effort
from timekeeping.domain.steps import STEPS, due_on, expected_ready_on, is_done, plan_findings, undone

SKILL = "timekeeping"
SPECIALIST = "timekeeping_specialist"

_TASKS = {
    StepName.CLOCK_REGISTERED: "register_clock",
    StepName.APPROVERS_NAMED: "name_approvers",
}
"""Of each step that a coordinator takes, the key of its task."""


def standing(plan: Plan, now: datetime) -> Standing:
    """Timekeeping's answer to the present terms: its steps, what they wait for, the tasks open now."""
    today = day_at(now, zone_named(plan.time_zone))
    ahead = undone(plan)
    return Standing(
        assignment_id=plan.assignment_id,
        terms_version=plan.terms.version,
        status=_status(plan, today),
        done=len(STEPS) - len(ahead),
        total=len(STEPS),
        expected_ready_on=None if plan.is_closed else expected_ready_on(plan, today),
        obstacles=() if plan.is_closed else tuple(_obstacle(plan, step) for step in ahead),
        tasks=() if plan.is_closed else tuple(_task(plan, step) for step in ahead if step in _TASKS),
        completed=frozenset(key for step, key in _TASKS.items() if is_done(plan, step)),
        withdrawal="assignment_ended" if plan.is_closed else "no_longer_needed",
    )


def _status(plan: Plan, today: date) -> Status:
    if plan.is_closed:
        return Status.CLOSED
    if plan_findings(plan):
        return Status.BLOCKED
    expected = expected_ready_on(plan, today)
    if expected is None:
        return Status.READY
    is_late = expected > plan.terms.start_date or any(due_on(plan, step) < today for step in undone(plan))
    return Status.AT_RISK if is_late else Status.OPEN


def _obstacle(plan: Plan, step: StepName) -> Obstacle:
    """Shifts that fall on no day need other terms, so a recruiter; the rest is agreed with the facility."""
    return Obstacle(
        code=f"{step.value}_missing",
        owner=SPECIALIST if step in _TASKS else "recruiter",
        due=due_on(plan, step),
        task_key=_TASKS.get(step),
    )


def _task(plan: Plan, step: StepName) -> Task:
    key = _TASKS[step]
    verb = key.replace("_", "-")
    zone = zone_named(plan.time_zone)
    return Task(
        key=key,
        kind=key,
        due_at=moment_of(due_on(plan, step) + timedelta(days=1), time(), zone=zone).at,
        weight_minutes=effort(step, plan.asked_on).weight_minutes,
        skill=SKILL,
        actions=(Action(name=key, method="POST", path=f"/v1/plans/{plan.plan_id}:{verb}"),),
        playbook=verb,
    )
