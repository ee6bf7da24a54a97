"""Where payroll stands with an assignment."""

from datetime import date, datetime, timedelta

from payroll.domain.onboarding import USUAL_DAYS, NeededPiece
from payroll.domain.profile import Profile
from payroll.domain.weekly_pay import weekly_pay
from shared.contracts.workstreams import Action, Status
from shared.workstreams.standing import Obstacle, Standing, Task

REVIEW = "review:package"
REVIEW_DAYS = 1

_SKILL = "payroll"
_PARTITION = "pay"


def standing(profile: Profile, now: datetime) -> Standing:
    """Payroll's whole answer: the package sound or accepted, and each needed piece there, are one step each.

    BLOCKED while a finding needs new terms; AT_RISK when it would be ready too late or the cut-off has
    passed. After the end no obstacle is left, but pieces are still asked for while final pay is owed.
    """
    ended = profile.closing is not None
    return Standing(
        assignment_id=profile.assignment_id,
        terms_version=profile.terms.version,
        status=_status(profile, now),
        done=_total(profile) - _open(profile),
        total=_total(profile),
        expected_ready_on=None if ended else expected_ready_on(profile, profile.calendar.day_of(now)),
        obstacles=() if ended else _obstacles(profile),
        tasks=_tasks(profile) if profile.pays else (),
        completed=_completed(profile),
        withdrawal=f"assignment_{profile.closing.state}" if profile.closing else "no_longer_needed",
    )


def expected_ready_on(profile: Profile, today: date) -> date | None:
    """The day by which what is open usually comes in, never before today; none when blocked or ready."""
    if profile.blocking or not _open(profile):
        return None
    days = [USUAL_DAYS[needed.piece] for needed in profile.missing]
    if profile.to_accept:
        days.append(REVIEW_DAYS)
    return max(profile.asked_on + timedelta(days=max(days)), today)


def money_at_stake_cents(profile: Profile) -> int | None:
    """A full week's pay, which is late if the profile is not ready; none when the package cannot be computed.

    Rounding: as `weekly_pay`, to the cent.
    """
    return None if profile.blocking else weekly_pay(profile.terms).total.cents


def _total(profile: Profile) -> int:
    return 1 + len(profile.needed)


def _open(profile: Profile) -> int:
    return len(profile.missing) + bool(profile.blocking or profile.to_accept)


def _status(profile: Profile, now: datetime) -> Status:
    if profile.closing is not None:
        return Status.CLOSED
    if profile.blocking:
        return Status.BLOCKED
    if not _open(profile):
        return Status.READY
    expected = expected_ready_on(profile, profile.calendar.day_of(now))
    late = expected is not None and expected > _needed_by(profile)
    return Status.AT_RISK if late or now > profile.due_at else Status.OPEN


def _needed_by(profile: Profile) -> date:
    """The start; for what was asked only after it, the day of the coming cut-off."""
    if profile.asked_on < profile.terms.start_date:
        return profile.terms.start_date
    return profile.calendar.day_of(profile.due_at)


def _obstacles(profile: Profile) -> tuple[Obstacle, ...]:
    codes = dict.fromkeys(finding.code for finding in profile.blocking)
    obstacles = [Obstacle(code=code, owner="recruiter", due=_needed_by(profile)) for code in codes]
    due = profile.calendar.day_of(profile.due_at)
    if profile.to_accept:
        obstacles.append(
            Obstacle(code="package_not_accepted", owner="payroll_specialist", due=due, task_key=_review(profile))
        )
    obstacles += (
        Obstacle(code=f"{needed.piece}_missing", owner="clinician", due=due, task_key=_collect(needed.key))
        for needed in profile.missing
    )
    return tuple(obstacles)


def _tasks(profile: Profile) -> tuple[Task, ...]:
    path = f"/v1/profiles/{profile.profile_id}"
    tasks = []
    if _review(profile):
        tasks.append(
            Task(
                key=REVIEW,
                kind="review_pay_package",
                due_at=profile.due_at,
                weight_minutes=15,
                skill=_SKILL,
                partition=_PARTITION,
                actions=(Action(name="accept", method="POST", path=f"{path}:accept-package"),),
                money_at_stake_cents=money_at_stake_cents(profile),
                playbook="review-pay-package",
            )
        )
    return (*tasks, *(_collection(profile, needed, path) for needed in profile.missing))


def _collection(profile: Profile, needed: NeededPiece, path: str) -> Task:
    return Task(
        key=_collect(needed.key),
        kind=f"collect_{needed.piece}",
        due_at=profile.due_at,
        weight_minutes=10,
        skill=_SKILL,
        partition=_PARTITION,
        actions=(Action(name="record", method="POST", path=f"{path}/pieces/{needed.key}:record"),),
        money_at_stake_cents=money_at_stake_cents(profile),
        playbook=f"collect-{needed.piece.replace('_', '-')}",
    )


def _review(profile: Profile) -> str | None:
    """The review's key while somebody can do it: a blocked package waits for new terms first."""
    return REVIEW if profile.to_accept and not profile.blocking else None


def _collect(key: str) -> str:
    return f"collect:{key}"


def _completed(profile: Profile) -> frozenset[str]:
    missing = {needed.key for needed in profile.missing}
    collected = {_collect(needed.key) for needed in profile.needed if needed.key not in missing}
    return frozenset(collected | ({REVIEW} if profile.acceptances and not profile.to_accept else set()))
