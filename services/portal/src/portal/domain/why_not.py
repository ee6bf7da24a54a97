"""Why an assignment cannot start: every unmet thing in the order of the critical path, whose move it is, and its fix.

Source: the lifecycle's table (field facts C1). The client's confirmation and clearance gate the start; an unsigned
agreement and the three other departments stop nothing, but what they lack goes wrong soon after.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from portal.domain.assignment import GATE, Assignment
from portal.domain.workstream import Workstream
from shared.contracts.assignments import State
from shared.contracts.catalogue import DEPARTMENTS
from shared.contracts.workstreams import Blocker, Status

BEFORE_START = frozenset({State.ACCEPTED, State.CONFIRMED, State.ONBOARDING, State.CLEARED})
NOT_CONFIRMED, UNSIGNED, ADDENDUM = "not_confirmed", "agreement_not_signed", "addendum_to_check"
NO_ANSWER, ARRIVAL, UNCLEARED = "no_answer", "arrival_not_confirmed", "works_uncleared"
PAID = frozenset({"pay_package", "guaranteed_hours_per_week"})
"""Fields of the terms which, when lowered, need a signed addendum."""

_FIX = {NOT_CONFIRMED: "confirm", UNSIGNED: "sign-agreement", ADDENDUM: "sign-agreement", ARRIVAL: "start"}
_RECRUITER = "recruiter"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """The newest terms that were signed (None: none were), and what changed in the terms after them."""

    version: int | None
    changed_since: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmet:
    """One unmet thing: a stable code, whose move it is, since when, its last day, and the first day it can be met.

    `gates`: the start waits for it. `department` is None for what is between agency, client and clinician. Its fix is a
    work item, or a command on the assignment by its verb; neither where only others can move.
    """

    code: str
    owner: str
    gates: bool
    department: str | None = None
    since: datetime | None = None
    due: date | None = None
    earliest_on: date | None = None
    work_item_id: str | None = None
    command: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyNot:
    """What stands in the way. `earliest_start` is None where somebody names no day, or nothing is to start."""

    unmet: tuple[Unmet, ...]
    earliest_start: date | None

    @property
    def gating(self) -> tuple[Unmet, ...]:
        """What the start waits for."""
        return tuple(one for one in self.unmet if one.gates)

    @property
    def other(self) -> tuple[Unmet, ...]:
        """What is unmet and stops nothing."""
        return tuple(one for one in self.unmet if not one.gates)


def why_not(assignment: Assignment, streams: tuple[Workstream, ...], *, signature: Signature, today: date) -> WhyNot:
    """Everything unmet: what gates the start first, then by the light that keeps it waiting longest.

    Within a light the thing due first leads. `today` is the facility's. Once it runs only work without clearance is
    unmet; once it ended nothing is.
    """
    if assignment.state == State.ACTIVE:
        return WhyNot(unmet=_while_active(assignment), earliest_start=None)
    if assignment.state not in BEFORE_START:
        return WhyNot(unmet=(), earliest_start=None)
    lights = [_light(name, assignment, streams) for name in DEPARTMENTS]
    waiting = sorted((one for one in lights if one.is_waiting), key=lambda one: one.urgency, reverse=True)
    waiting.sort(key=lambda one: one.department != GATE)
    found = (
        *_from_client(assignment, today),
        *_of(waiting, today, gates=True),
        *_from_clinician(assignment, signature),
        *_of(waiting, today, gates=False),
    )
    return WhyNot(unmet=_once(found), earliest_start=_earliest_start(assignment, lights, today))


def _once(found: tuple[Unmet, ...]) -> tuple[Unmet, ...]:
    """A department that waits for the client or the clinician, too, says nothing new."""
    said = {one.code for one in found if one.department is None}
    return tuple(one for one in found if one.department is None or one.code not in said)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Light:
    """One department's answer to the present terms, or that it has not answered them."""

    department: str
    stream: Workstream | None

    @property
    def is_waiting(self) -> bool:
        return self.stream is None or not self.stream.is_done

    @property
    def urgency(self) -> tuple[bool, date]:
        """A blocked light waits longest, then one that names no day, then the one with the latest day."""
        if self.stream is None:
            return False, date.max
        return self.stream.status == Status.BLOCKED, self.stream.expected_ready_on or date.max


def _light(department: str, assignment: Assignment, streams: tuple[Workstream, ...]) -> _Light:
    version = assignment.terms_version or 0
    valid = (one for one in streams if one.department == department and one.terms_version >= version)
    return _Light(department=department, stream=next(valid, None))


def _of(waiting: list[_Light], today: date, *, gates: bool) -> Iterator[Unmet]:
    for light in waiting:
        if (light.department == GATE) is gates:
            yield from _in_light(light, today, gates=gates)


def _in_light(light: _Light, today: date, *, gates: bool) -> Iterator[Unmet]:
    stream = light.stream
    if stream is None or not stream.blockers:
        since = stream.since if stream else None
        earliest = _not_before(stream.expected_ready_on if stream else None, today)
        department = light.department
        yield Unmet(
            code=NO_ANSWER, owner=department, gates=gates, department=department, since=since, earliest_on=earliest
        )
        return
    for blocker in sorted(stream.blockers, key=lambda one: (one.due or date.max, one.since)):
        yield _unmet(blocker, stream, today, gates=gates)


def _unmet(blocker: Blocker, stream: Workstream, today: date, *, gates: bool) -> Unmet:
    """What only other terms mend is the recruiter's to amend; what waits for a word of others has its own command."""
    amend = "amend" if blocker.owner == _RECRUITER else None
    return Unmet(
        code=blocker.code,
        owner=blocker.owner,
        gates=gates,
        department=stream.department,
        since=blocker.since,
        due=blocker.due,
        earliest_on=_not_before(stream.expected_ready_on, today),
        work_item_id=blocker.work_item_id,
        command=None if blocker.work_item_id else _FIX.get(blocker.code, amend),
    )


def _from_client(assignment: Assignment, today: date) -> Iterator[Unmet]:
    start = assignment.start_date
    if assignment.state == State.ACCEPTED:
        since = assignment.accepted_at
        yield Unmet(
            code=NOT_CONFIRMED, owner="client", gates=True, since=since, due=start, earliest_on=today, command="confirm"
        )
    if assignment.state == State.CLEARED and start is not None and start <= today:
        yield Unmet(code=ARRIVAL, owner="coordinator", gates=True, due=start, earliest_on=today, command="start")


def _from_clinician(assignment: Assignment, signature: Signature) -> Iterator[Unmet]:
    lacks_all = signature.version is None
    if lacks_all or signature.changed_since & PAID:
        code = UNSIGNED if lacks_all else ADDENDUM
        since = assignment.accepted_at if lacks_all else None
        due = assignment.start_date
        yield Unmet(code=code, owner="clinician", gates=False, since=since, due=due, command=_FIX[code])


def _while_active(assignment: Assignment) -> tuple[Unmet, ...]:
    if assignment.cleared_at is not None:
        return ()
    return (Unmet(code=UNCLEARED, owner="credentialing_specialist", gates=True, department=GATE),)


def _earliest_start(assignment: Assignment, lights: list[_Light], today: date) -> date | None:
    """Not before the agreed start, today, or the day on which clearance is expected; None when that names no day."""
    gate = next(one for one in lights if one.department == GATE)
    start = max(assignment.start_date or today, today)
    if not gate.is_waiting:
        return start
    expected = gate.stream.expected_ready_on if gate.stream and gate.stream.status != Status.BLOCKED else None
    return None if expected is None else max(start, expected)


def _not_before(expected: date | None, today: date) -> date | None:
    return None if expected is None else max(expected, today)
