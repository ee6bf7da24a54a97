"""How far one department is with an assignment, as it said last."""

from dataclasses import dataclass
from datetime import date, datetime

from shared.contracts.workstreams import Blocker, Status, WorkstreamChanged

STALLED = frozenset({Status.AT_RISK, Status.BLOCKED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Workstream:
    """A department's answer to one version of the terms; `since` its status became what it is."""

    assignment_id: str
    department: str
    status: str
    terms_version: int
    done: int
    total: int
    since: datetime
    changed_at: datetime
    expected_ready_on: date | None = None
    blockers: tuple[Blocker, ...] = ()
    version: int = 0

    @property
    def is_done(self) -> bool:
        """Whether nothing more is expected of the department."""
        return self.status in (Status.READY, Status.CLOSED)


def answered(
    before: Workstream | None, answer: WorkstreamChanged, *, department: str, at: datetime, now: datetime
) -> Workstream:
    """What the department said at an instant, heard now; a status that it said before keeps the instant since when."""
    is_same = before is not None and before.status == answer.status.value
    return Workstream(
        assignment_id=answer.assignment_id,
        department=department,
        status=answer.status.value,
        terms_version=answer.terms_version,
        done=answer.done,
        total=answer.total,
        since=before.since if before and is_same else at,
        changed_at=now,
        expected_ready_on=answer.expected_ready_on,
        blockers=answer.blockers,
        version=before.version if before else 0,
    )


def stalled_by(streams: tuple[Workstream, ...], work_item_id: str) -> str | None:
    """The status of a workstream that is at risk or blocked and names this item as what it waits for; else None."""
    for stream in streams:
        if stream.status in STALLED and any(blocker.work_item_id == work_item_id for blocker in stream.blockers):
            return stream.status
    return None
